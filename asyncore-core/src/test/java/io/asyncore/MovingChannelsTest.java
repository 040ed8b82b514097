package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Channels that change their map, with everything that belongs to them. */
class MovingChannelsTest {

    private final ChannelMap before = new ChannelMap();
    private final ChannelMap after = new ChannelMap();

    static class Counting extends DispatcherWithSend {
        int reads;

        Counting(ChannelMap map) {
            super(map);
        }

        @Override
        protected void handleRead() throws Exception {
            reads++;
            recv(100);
        }
    }

    @Test
    void theNewMapServesItAndTheOldOneDoesNot() throws Exception {
        try (Connection<Counting> connection = new Connection<>(before, Counting::new)) {
            after.add(connection.channel);
            assertThat(before.isEmpty()).isTrue();
            assertThat(connection.channel.map()).isSameAs(after);
            connection.peer.getOutputStream().write(1);
            Asyncore.poll(Duration.ofMillis(50), before);
            assertThat(connection.channel.reads).isZero();
            Connection.pollUntil(after, () -> connection.channel.reads == 1);
        } finally {
            after.closeAll(true);
        }
    }

    @Test
    void aChannelThatWasFoundReadyAndThenMovedIsServedByItsNewMap() throws Exception {
        try (Connection<Counting> second = new Connection<>(before, Counting::new)) {
            Counting first = new Counting(before) {
                @Override
                protected void handleConnect() {
                    after.add(second.channel);
                }

                @Override
                protected void handleRead() throws Exception {
                    super.handleRead();
                    assertThat(ChannelMap.current()).isSameAs(map());
                }
            };
            second.peer.getOutputStream().write(1);
            try (Connection<Counting> moving = new Connection<>(before, ignored -> first)) {
                Connection.pollUntil(after, () -> second.channel.reads == 1);
                assertThat(moving.channel.isConnected()).isTrue();
            }
        } finally {
            after.closeAll(true);
        }
    }

    @Test
    void itsOutputGoesToItsOwnPeerOnly() throws Exception {
        try (Connection<DispatcherWithSend> moving = new Connection<>(before, DispatcherWithSend::new);
                Connection<DispatcherWithSend> staying = new Connection<>(before, DispatcherWithSend::new)) {
            byte[] mine = new byte[4_000_000];
            Arrays.fill(mine, (byte) 'm');
            byte[] other = new byte[4_000_000];
            Arrays.fill(other, (byte) 'o');
            moving.channel.send(mine);
            Asyncore.poll(Duration.ZERO, before);
            assertThat(moving.channel.outBufferSize()).isPositive();
            after.add(moving.channel);
            staying.channel.send(other);
            CompletableFuture<byte[]> heardByMoving = readingFrom(moving.peer, mine.length);
            CompletableFuture<byte[]> heardByStaying = readingFrom(staying.peer, other.length);
            Connection.pollUntil(after, () -> {
                Asyncore.poll(Duration.ofMillis(5), before);
                return heardByMoving.isDone() && heardByStaying.isDone();
            });
            assertThat(Arrays.equals(heardByMoving.get(20, TimeUnit.SECONDS), mine))
                    .isTrue();
            assertThat(Arrays.equals(heardByStaying.get(20, TimeUnit.SECONDS), other))
                    .isTrue();
        } finally {
            after.closeAll(true);
        }
    }

    @Test
    void aChannelThatLeavesInItsOwnCallbackIsServedWhenItIsBack() throws Exception {
        Counting leaving = new Counting(before) {
            @Override
            protected void handleRead() throws Exception {
                super.handleRead();
                delChannel();
            }
        };
        try (Connection<Counting> connection = new Connection<>(before, map -> leaving)) {
            connection.peer.getOutputStream().write(1);
            connection.pollUntil(() -> leaving.reads == 1);
            Asyncore.poll(Duration.ZERO, before);
            leaving.addChannel(before);
            connection.peer.getOutputStream().write(2);
            connection.pollUntil(() -> leaving.reads == 2);
        }
    }

    private static CompletableFuture<byte[]> readingFrom(Socket peer, int count) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return peer.getInputStream().readNBytes(count);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    @Test
    void itsTimersMoveAlongAndStandStillWhileItIsInNoMap() throws Exception {
        try (Connection<Counting> connection = new Connection<>(before, Counting::new)) {
            int[] fired = {0, 0};
            connection.channel.callEvery(Duration.ofMillis(1), () -> fired[ChannelMap.current() == before ? 0 : 1]++);
            connection.channel.delChannel();
            Asyncore.poll(Duration.ofMillis(20), before);
            assertThat(fired).containsExactly(0, 0);
            connection.channel.addChannel(after);
            Connection.pollUntil(after, () -> fired[1] > 2);
            Asyncore.poll(Duration.ofMillis(20), before);
            assertThat(fired[0]).isZero();
            connection.channel.close();
            int atTheEnd = fired[1];
            Asyncore.poll(Duration.ofMillis(20), after);
            assertThat(fired[1]).isEqualTo(atTheEnd);
        }
    }

    @Test
    void aLingeringCloseEndsInTheNewMap() throws Exception {
        try (Connection<Counting> connection = new Connection<>(before, Counting::new)) {
            connection.channel.closeWhenDone();
            connection.pollUntil(() ->
                    connection.channel.state() == ChannelState.CLOSING && connection.channel.deadlinesIfAny() != null);
            after.add(connection.channel);
            Connection.pollUntil(after, connection.channel::isClosed);
            assertThat(connection.channel.closeReason()).isEqualTo(CloseReason.LOCAL);
        }
    }

    /** The way between two loops that run: leave the one on its thread, join the other on its own. */
    @Test
    void betweenRunningLoopsEveryChannelArrives() throws Exception {
        try (RunningLoop one = new RunningLoop();
                RunningLoop two = new RunningLoop();
                java.net.ServerSocket listener = new java.net.ServerSocket()) {
            listener.bind(new InetSocketAddress("127.0.0.1", 0), 200);
            for (int i = 0; i < 100; i++) {
                Counting channel = one.call(() -> new Counting(one.loop.map()));
                one.call(() -> {
                    channel.createSocket();
                    channel.connect(listener.getLocalSocketAddress());
                    return null;
                });
                try (Socket peer = listener.accept()) {
                    while (!channel.isConnected()) {
                        one.call(() -> null);
                    }
                    one.loop.execute(() -> {
                        channel.delChannel();
                        two.loop.execute(() -> two.loop.map().add(channel));
                    });
                    peer.getOutputStream().write("x".getBytes(StandardCharsets.UTF_8));
                    while (two.call(() -> channel.reads) == 0) {
                        assertThat(channel.isClosed()).isFalse();
                    }
                }
            }
            assertThat(one.loop.map().size()).isZero();
        }
    }
}
