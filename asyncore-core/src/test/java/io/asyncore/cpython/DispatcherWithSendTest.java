package io.asyncore.cpython;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.Asyncore;
import io.asyncore.ChannelMap;
import io.asyncore.DispatcherWithSend;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code test_asyncore.py}: {@code DispatcherWithSendTests}, and {@code DispatcherWithSendTests_UsePoll} of 2.7. */
@Timeout(60)
class DispatcherWithSendTest {

    private final ChannelMap map = new ChannelMap();

    @AfterEach
    void closeAll() {
        Asyncore.closeAll(map, true);
    }

    /** Sends and never reads. */
    private static final class NoRead extends DispatcherWithSend {

        NoRead(ChannelMap map) {
            super(map);
        }

        @Override
        protected boolean readable() {
            return false;
        }

        @Override
        protected void handleConnect() {}
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void testSend(boolean usePoll) throws Exception {
        byte[] data = "Suppose there isn't a 16-ton weight?".getBytes(StandardCharsets.ISO_8859_1);
        try (EchoPeer peer = new EchoPeer(100).silent()) {
            NoRead channel = new NoRead(map);
            channel.createSocket();
            channel.connect(peer.address());
            assertThat(channel.send(data))
                    .as("all of it is taken, though not connected yet")
                    .isEqualTo(data.length);
            channel.send(data);
            channel.send(EchoPeer.QUIT.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(channel.outBufferSize()).isEqualTo(2 * data.length + EchoPeer.QUIT.length());

            Turns.until("all is written", map, usePoll, () -> channel.outBufferSize() == 0);
            assertThat(peer.heard()).isEqualTo(new String(data, StandardCharsets.ISO_8859_1).repeat(2));
            peer.next();
        }
    }
}
