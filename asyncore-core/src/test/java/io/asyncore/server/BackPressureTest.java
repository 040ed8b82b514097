package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelOptions;
import io.asyncore.DispatcherWithSend;
import io.asyncore.descriptors.Await;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A client that sends and does not read is not read any more: the server does not become its buffer. */
class BackPressureTest {

    private static final int READ_AT_ONCE = 64 * 1024;

    private static final class Echo extends DispatcherWithSend {
        private int most;

        @Override
        protected void handleRead() throws Exception {
            send(recv());
            most = Math.max(most, outBufferSize());
        }
    }

    @Test
    void anEchoHoldsLittleOfWhatItsClientDoesNotRead() throws Exception {
        byte[] data = new byte[20_000_000];
        new Random(1).nextBytes(data);
        try (Server server = Server.builder()
                        .address(InetAddress.getLoopbackAddress())
                        .handler(Echo::new)
                        .start();
                Socket client = new Socket()) {
            client.setReceiveBufferSize(READ_AT_ONCE); // the kernel shall not hold all of it
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            client.setSoTimeout((int) Await.PATIENCE.toMillis());
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(client, data));
            Await.until("it is served", () -> !server.connections().isEmpty());
            Echo echo = (Echo) server.connections().get(0);
            Await.until("too much waits", () -> !echo.isWritable());
            assertThat(writing).isNotDone();

            InputStream input = client.getInputStream();
            assertThat(ByteBuffer.wrap(input.readNBytes(data.length))).isEqualTo(ByteBuffer.wrap(data));
            writing.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(echo.most)
                    .isGreaterThan(ChannelOptions.DEFAULTS.highWaterMark())
                    .isLessThanOrEqualTo(ChannelOptions.DEFAULTS.highWaterMark() + READ_AT_ONCE);
            Await.until("all is written", echo::isWritable);
        }
    }

    private static void write(Socket client, byte[] data) {
        try {
            client.getOutputStream().write(data);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
