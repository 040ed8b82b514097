package io.asyncore.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** How lines are encoded is one object for all the connections that want the same. */
class LineFormatTest {

    @Test
    void isMadeOnceForAllThatWantTheSame() {
        LineFormat one = LineFormat.DEFAULT.withEnd("\n").withCharset(StandardCharsets.ISO_8859_1);
        LineFormat other = LineFormat.DEFAULT.withEnd("\n").withCharset(StandardCharsets.ISO_8859_1);
        assertThat(other).isSameAs(one);
    }

    @Test
    void isAnotherForThoseThatWantSomethingElse() {
        LineFormat one = LineFormat.DEFAULT.withEnd("\n");
        LineFormat other = LineFormat.DEFAULT.withEnd("\0");
        assertThat(one.end()).containsExactly('\n');
        assertThat(other.end()).containsExactly(0);
        assertThat(LineFormat.DEFAULT.withCharset(StandardCharsets.US_ASCII).charset())
                .isEqualTo(StandardCharsets.US_ASCII);
        assertThat(LineFormat.DEFAULT.end()).containsExactly('\r', '\n');
    }

    /** Whoever changes it with each line must not fill the memory with what was. */
    @Test
    void isNotRememberedBeyondTwoChanges() {
        LineFormat second = LineFormat.DEFAULT.withEnd("1").withEnd("2");
        LineFormat third = second.withEnd("3");
        assertThat(third.withEnd("3")).isSameAs(third);
        assertThat(second.withEnd("3")).isNotSameAs(third);
    }

    @Test
    void encodesItsEndAsTheLine() {
        LineFormat format = LineFormat.DEFAULT.withEnd("§");
        assertThat(format.end()).containsExactly(0xC2, 0xA7);
        assertThat(format.withCharset(StandardCharsets.ISO_8859_1).end()).containsExactly(0xA7);
    }

    @Test
    void refusesALineFeedOfTwoBytes() {
        assertThatThrownBy(() -> LineFormat.DEFAULT.withCharset(StandardCharsets.UTF_16LE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("UTF-16LE");
    }
}
