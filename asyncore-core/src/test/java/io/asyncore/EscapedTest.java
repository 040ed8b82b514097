package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer has written is readable in a log and does nothing there. */
class EscapedTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "hello, world", "Grüße", "日本語", "\uD83D\uDE00", "a 'b' \"c\" <d>"})
    void whatIsHarmlessStaysAsItIs(String text) {
        assertThat(Escaped.of(text)).isSameAs(text);
    }

    /** Each as the number of a character. */
    @ParameterizedTest
    @CsvSource({
        "0x0D, \\r",
        "0x0A, \\n",
        "0x09, \\t",
        "0x00, \\u0000",
        "0x1B, \\u001B",
        "0x7F, \\u007F",
        "0x85, \\u0085",
        "0x9B, \\u009B",
        "0xA0, \\u00A0",
        "0xAD, \\u00AD",
        "0x61C, \\u061C",
        "0x200B, \\u200B",
        "0x200E, \\u200E",
        "0x200F, \\u200F",
        "0x2028, \\u2028",
        "0x2029, \\u2029",
        "0x202A, \\u202A",
        "0x202E, \\u202E",
        "0x2066, \\u2066",
        "0x2069, \\u2069",
        "0xFEFF, \\uFEFF",
        "0xE000, \\uE000",
        "0xFFFF, \\uFFFF",
        "0xE0041, \\uDB40\\uDC41",
    })
    void whatIsNotIsEscaped(int character, String escaped) {
        String text = "<" + Character.toString(character) + ">";
        assertThat(Escaped.of(text)).isEqualTo("<" + escaped + ">");
    }

    @Test
    void halfACharacterIsEscaped() {
        assertThat(Escaped.of("a\uD83Db")).isEqualTo("a\\uD83Db");
    }

    @Test
    void whatIsEscapedCannotBeTakenForWhatThePeerHasWritten() {
        assertThat(Escaped.of("\\n")).isEqualTo("\\\\n").isNotEqualTo(Escaped.of("\n"));
    }

    @Test
    void noCharacterAtAllGetsThroughThatALogWouldNotShow() {
        for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
            String shown = Escaped.of(Character.toString(character));
            assertThat(shown.codePoints().anyMatch(Character::isISOControl)).isFalse();
            assertThat(shown.codePoints().anyMatch(each -> Character.getType(each) == Character.FORMAT))
                    .isFalse();
        }
    }

    @Test
    void whatIsLongIsCut() {
        assertThat(Escaped.of("x".repeat(Escaped.LONGEST))).hasSize(Escaped.LONGEST);
        assertThat(Escaped.of("x".repeat(100_000))).isEqualTo("x".repeat(Escaped.LONGEST) + "... (100000 characters)");
        assertThat(Escaped.of("\n".repeat(100_000))).hasSizeLessThan(Escaped.LONGEST + 40);
    }

    @Test
    void anObjectThatCannotSayWhatItIsIsShownByItsClass() {
        Object mute = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("expected by the test");
            }
        };
        assertThat(Escaped.of(mute)).isEqualTo(mute.getClass().getName());
        assertThat(Escaped.of((Object) null)).isEqualTo("null");
    }

    @Test
    void aThrowableWithHarmlessMessagesIsLoggedItself() {
        Throwable error = new IOException("disk full", new IllegalStateException());
        assertThat(Escaped.throwable(error)).isSameAs(error);
    }

    @Test
    void oneWhoseCauseQuotesThePeerIsLoggedAsItsLikeness() {
        Throwable cause = new NumberFormatException("For input string: \"1\n2026 ERROR all is lost\u001B[2J\"");
        Throwable error = new IOException("bad frame", cause);
        error.addSuppressed(new IllegalStateException("\u202Egnp.exe"));
        Throwable logged = Escaped.throwable(error);
        assertThat(logged).hasToString("java.io.IOException: bad frame");
        assertThat(logged.getStackTrace()).isEqualTo(error.getStackTrace());
        assertThat(logged.getCause())
                .hasToString("java.lang.NumberFormatException: For input string: \"1\\n2026 ERROR all is lost"
                        + "\\u001B[2J\"");
        assertThat(logged.getSuppressed()[0]).hasToString("java.lang.IllegalStateException: \\u202Egnp.exe");
    }

    @Test
    void causesThatGoInCirclesHaveAnEnd() {
        Exception first = new IOException("\n");
        Exception second = new IOException("second", first);
        first.initCause(second);
        assertThat(Escaped.throwable(second)).hasToString("java.io.IOException: second");
    }
}
