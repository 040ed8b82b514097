package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.Dispatcher;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The life of one dispatcher as its callbacks tell it. Fails when one comes out of turn:
 *
 * <pre>handleConnect? (handleRead | handleWrite | handleExpt | handleTimeout)* handleEof? (handleError? handleClose)?</pre>
 */
final class Life {

    /** A callback. */
    enum Call {
        CONNECT,
        READ,
        WRITE,
        EXPT,
        TIMEOUT,
        EOF,
        ERROR,
        CLOSE
    }

    private final List<Call> calls = new ArrayList<>();
    private final List<Throwable> errors = new ArrayList<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    /** A callback has begun. */
    void note(Call call, Dispatcher channel) {
        if (calls.contains(Call.CLOSE)) {
            assertThat(call)
                    .as("nothing but an error of handleClose follows it, after %s", calls)
                    .isEqualTo(Call.ERROR);
        } else if (call != Call.ERROR) {
            assertThat(channel.isClosed())
                    .as("%s on a closed channel, after %s", call, calls)
                    .isFalse();
        }
        if (call == Call.CONNECT) {
            assertThat(calls).as("handleConnect comes first").isEmpty();
            assertThat(channel.isConnected())
                    .as("connected before handleConnect")
                    .isTrue();
        }
        if (call == Call.READ || call == Call.EOF) {
            assertThat(calls).as("%s after the end of input", call).doesNotContain(Call.EOF);
        }
        if (call == Call.CLOSE) {
            assertThat(channel.closeReason()).as("handleClose knows why").isNotNull();
        }
        calls.add(call);
    }

    void error(Throwable error, Dispatcher channel) {
        errors.add(error);
        note(Call.ERROR, channel);
    }

    /** Keeps what was read, and leaves the buffer as it is. */
    void received(ByteBuffer data) {
        byte[] copy = new byte[data.remaining()];
        data.duplicate().get(copy);
        received.writeBytes(copy);
    }

    byte[] received() {
        return received.toByteArray();
    }

    int receivedCount() {
        return received.size();
    }

    List<Call> calls() {
        return calls;
    }

    /** The calls without repetition of the same one in a row. */
    List<Call> chapters() {
        List<Call> chapters = new ArrayList<>();
        for (Call call : calls) {
            if (chapters.isEmpty() || chapters.get(chapters.size() - 1) != call) {
                chapters.add(call);
            }
        }
        return chapters;
    }

    long count(Call call) {
        return calls.stream().filter(call::equals).count();
    }

    boolean has(Call call) {
        return calls.contains(call);
    }

    boolean isOver() {
        return has(Call.CLOSE);
    }

    List<Throwable> errors() {
        return errors;
    }

    @Override
    public String toString() {
        return calls + " " + received.size() + " bytes " + errors;
    }
}
