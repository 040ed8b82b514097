package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import org.junit.jupiter.api.Test;

/** A channel has a queue of output while something waits, and no longer. */
class NothingPendingTest {

    /** Far more than is sent at once where the send buffer is small. */
    private static final int MUCH = 16 * 1024 * 1024;

    @Test
    void aQueueIsGivenBackWhenItsOutputIsOut() throws Exception {
        try (Connection<DispatcherWithSend> connection = new Connection<>(new ChannelMap(), DispatcherWithSend::new)) {
            DispatcherWithSend channel = connection.channel;
            channel.socket().setOption(StandardSocketOptions.SO_SNDBUF, 64 * 1024);
            assertThat(channel.queue).isNull();
            channel.send(new byte[MUCH]);
            connection.pollUntil(() -> channel.queue != null);

            InputStream input = connection.peer.getInputStream();
            long[] read = {0};
            connection.pollUntil(() -> {
                read[0] += drain(input);
                return read[0] == MUCH;
            });
            connection.pollUntil(() -> channel.outBufferSize() == 0);
            assertThat(channel.queue).isNull();
        }
    }

    private static int drain(InputStream input) {
        try {
            return input.readNBytes(input.available()).length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
