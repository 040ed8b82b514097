package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import org.junit.jupiter.api.Test;

/** What {@code handleError} throws leaves {@code Asyncore.loop()}, whoever called the handler, after the channel closed. */
class EscapingErrorsTest {

    private final ChannelMap map = new ChannelMap();

    private final class Failing extends Dispatcher {
        Failing(ChannelMap map) {
            super(map);
        }

        @Override
        protected void handleConnect() {
            throw new IllegalStateException("spam");
        }

        @Override
        protected void handleError(Throwable error) {
            throw new IllegalStateException("eggs");
        }
    }

    @Test
    void fromAnEvent() throws Exception {
        Failing failing = new Failing(map);
        assertThatThrownBy(() -> new Connection<>(map, ignored -> failing).close())
                .hasMessage("eggs");
        assertThat(failing.isClosed()).isTrue();
    }

    @Test
    void fromATaskOfTheLoop() throws Exception {
        Failing failing = new Failing(map);
        failing.createSocket(StandardProtocolFamily.INET, SocketType.DATAGRAM);
        failing.connect(new InetSocketAddress("127.0.0.1", 9)); // its handleConnect is a task
        assertThatThrownBy(() -> Asyncore.loop(null, false, map, null)).hasMessage("eggs");
        assertThat(failing.isClosed()).isTrue();
    }
}
