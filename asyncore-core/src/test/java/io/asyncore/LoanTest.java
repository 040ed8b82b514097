package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The buffer that a loop lends to read into, and direct buffers of others: what is in them is moved without copying. */
class LoanTest {

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void aLargeEchoIsWhatWasSentAndComesFromADirectBuffer() throws Exception {
        byte[] sent = noise(100_000);
        int[] heard = {0};
        try (Connection<DispatcherWithSend> connection =
                new Connection<>(new ChannelMap(), map -> new DispatcherWithSend(map) {
                    @Override
                    protected void handleRead() throws Exception {
                        ByteBuffer lent = recv();
                        assertThat(lent.isDirect()).isTrue();
                        heard[0] += lent.remaining();
                        assertThat(send(lent)).isPositive();
                        assertThat(lent.hasRemaining()).isFalse();
                    }
                })) {
            connection.peer.getOutputStream().write(sent);
            connection.pollUntil(() -> heard[0] == sent.length && connection.channel.outBufferSize() == 0);
            assertThat(connection.peer.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
        }
    }

    /** Another channel's handler knows nothing of it. */
    @Test
    void theByteOrderThatAHandlerSetsIsGoneWithTheNextRead() throws Exception {
        List<ByteOrder> orders = new ArrayList<>();
        try (Connection<Dispatcher> connection = new Connection<>(new ChannelMap(), map -> new Dispatcher(map) {
            @Override
            protected void handleRead() throws Exception {
                for (int i = 0; i < 2; i++) {
                    ByteBuffer direct = recv();
                    orders.add(direct.order());
                    direct.order(ByteOrder.LITTLE_ENDIAN);
                    ByteBuffer array = recvArray();
                    orders.add(array.order());
                    array.order(ByteOrder.LITTLE_ENDIAN);
                }
            }
        })) {
            connection.peer.getOutputStream().write(1);
            connection.pollUntil(() -> !orders.isEmpty());
            assertThat(orders).hasSize(4).containsOnly(ByteOrder.BIG_ENDIAN);
        }
    }

    @Test
    void aDirectBufferIsReadIntoWhereItStands() throws Exception {
        ByteBuffer target = ByteBuffer.allocateDirect(10).put((byte) 'a').limit(4);
        try (Connection<Dispatcher> connection = new Connection<>(new ChannelMap(), map -> new Dispatcher(map) {
            @Override
            protected void handleRead() throws Exception {
                assertThat(recv(target)).isEqualTo(3);
                assertThat(recv(target)).isZero();
                pauseReading();
            }
        })) {
            connection.peer.getOutputStream().write("bcdef".getBytes(StandardCharsets.US_ASCII));
            connection.pollUntil(() -> !target.hasRemaining());
            assertThat(StandardCharsets.US_ASCII.decode(target.flip()).toString())
                    .isEqualTo("abcd");
        }
    }

    @Test
    void ofADirectBufferOneSystemCallTakesWhatOneMayAndLeavesTheRest() throws Exception {
        byte[] sent = noise(1_000_000);
        ByteBuffer source = ByteBuffer.allocateDirect(sent.length + 1).put(sent).flip();
        try (Connection<Dispatcher> connection = new Connection<>(new ChannelMap(), map -> new Dispatcher(map))) {
            int taken = connection.channel.send(source);
            assertThat(taken).isBetween(1, Buffers.SCRATCH_SIZE);
            assertThat(source.position()).isEqualTo(taken);
            assertThat(source.limit()).isEqualTo(sent.length);
            assertThat(connection.peer.getInputStream().readNBytes(taken)).isEqualTo(Arrays.copyOf(sent, taken));
        }
    }
}
