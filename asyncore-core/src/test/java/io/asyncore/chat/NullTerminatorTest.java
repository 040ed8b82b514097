package io.asyncore.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.asyncore.ChannelMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Python's {@code set_terminator(None)} means something; null does not, and is told of at once. */
@SuppressWarnings("NullAway")
class NullTerminatorTest {

    private final Lines chat = new Lines(new ChannelMap());

    private void isRefused(ThrowingCallable call) {
        Terminator before = chat.getTerminator();
        assertThatNullPointerException().isThrownBy(call).withMessageContaining("Terminator.none()");
        assertThat(chat.getTerminator()).isSameAs(before);
    }

    @Test
    void ofEveryKind() {
        isRefused(() -> chat.setTerminator((Terminator) null));
        isRefused(() -> chat.setTerminator((String) null));
        isRefused(() -> chat.setTerminator((byte[]) null));
        isRefused(() -> Terminator.delimiter((String) null));
        isRefused(() -> Terminator.delimiter((byte[]) null));
    }
}
