package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Groups of channels: who is in, who hears what, in which order, and what a slow one costs. */
class ChannelGroupTest {

    private final ChannelGroup group = new ChannelGroup();
    private final List<Connection<DispatcherWithSend>> connections = new ArrayList<>();

    private Connection<DispatcherWithSend> member(ChannelMap map) throws IOException {
        Connection<DispatcherWithSend> connection = new Connection<>(map, DispatcherWithSend::new);
        connection.peer.setSoTimeout(20_000);
        connections.add(connection);
        group.add(connection.channel);
        return connection;
    }

    private static String hears(Connection<?> connection, int count) throws IOException {
        return new String(connection.peer.getInputStream().readNBytes(count), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @AfterEach
    void closeAll() throws IOException {
        for (Connection<DispatcherWithSend> connection : connections) {
            connection.close();
        }
        assertThat(group.size()).as("members after all were closed").isZero();
    }

    @Test
    void everyMemberHearsWhatIsSentInEachForm() throws Exception {
        ChannelMap map = new ChannelMap();
        Connection<DispatcherWithSend> one = member(map);
        Connection<DispatcherWithSend> two = member(map);
        byte[] reused = bytes("1");
        assertThat(group.send(reused)).isEqualTo(2);
        reused[0] = '!';
        ByteBuffer buffer = ByteBuffer.wrap(bytes("xü")).position(1);
        group.send(buffer);
        buffer.put(1, (byte) '!');
        assertThat(buffer.hasRemaining()).isFalse();
        group.send("é");
        assertThat(group.send("")).isEqualTo(2);
        map.loop().poll(Duration.ZERO);
        assertThat(hears(one, 5)).isEqualTo("1üé");
        assertThat(hears(two, 5)).isEqualTo("1üé");
    }

    @Test
    void whoSpeaksDoesNotHearHimself() throws Exception {
        ChannelMap map = new ChannelMap();
        Connection<DispatcherWithSend> speaker = member(map);
        Connection<DispatcherWithSend> listener = member(map);
        assertThat(group.sendExcept(speaker.channel, "a")).isEqualTo(1);
        assertThat(group.sendExcept(speaker.channel, bytes("b"))).isEqualTo(1);
        assertThat(group.sendExcept(speaker.channel, ByteBuffer.wrap(bytes("c"))))
                .isEqualTo(1);
        group.send("d");
        map.loop().poll(Duration.ZERO);
        assertThat(hears(speaker, 1)).isEqualTo("d");
        assertThat(hears(listener, 4)).isEqualTo("abcd");
        group.remove(speaker.channel);
        assertThat(group.sendExcept(speaker.channel, "e")).isEqualTo(1);
    }

    @Test
    void membersComeAndGo() throws Exception {
        ChannelMap map = new ChannelMap();
        DispatcherWithSend one = member(map).channel;
        DispatcherWithSend two = member(map).channel;
        assertThat(group.add(one)).as("added again").isFalse();
        assertThat(group.members()).containsExactly(one, two);
        assertThat(group.remove(one)).isTrue();
        assertThat(group.remove(one)).as("removed again").isFalse();
        assertThat(group.contains(one)).isFalse();
        assertThat(group.contains(two)).isTrue();
        two.close();
        assertThat(group.members()).isEmpty();
        assertThat(group.add(two)).as("a closed channel").isFalse();
        assertThat(group.size()).isZero();
        assertThat(two.memberships()).isEmpty();
    }

    @Test
    void whoIsAMemberAtTheCallHearsIt() throws Exception {
        ChannelMap map = new ChannelMap();
        Connection<DispatcherWithSend> early = member(map);
        group.send("1");
        Connection<DispatcherWithSend> late = member(map);
        group.send("2");
        group.remove(early.channel);
        group.send("3");
        map.loop().poll(Duration.ZERO);
        assertThat(hears(late, 2)).isEqualTo("23");
        early.channel.closeWhenDone();
        map.loop().poll(Duration.ZERO);
        assertThat(hears(early, 3)).isEqualTo("12");
    }

    @Test
    void groupAndMemberAreHeardInTheOrderOfTheCalls() throws Exception {
        ChannelMap map = new ChannelMap();
        Connection<DispatcherWithSend> member = member(map);
        Runnable talk = () -> {
            member.channel.send(bytes("1"));
            group.send("2");
            member.channel.send(bytes("3"));
            group.send("4");
        };
        talk.run(); // while nobody runs the loop
        map.loop().execute(talk); // on its thread
        map.loop().poll(Duration.ZERO);
        assertThat(hears(member, 8)).isEqualTo("12341234");
    }

    @Test
    void manyMessagesOfOneTurnAreOneWrite() throws Exception {
        ChannelMap map = new ChannelMap();
        Connection<DispatcherWithSend> member = member(map);
        int[] writes = {0};
        map.loop().addListener(new LoopListener() {
            @Override
            public void onBytesOut(Dispatcher channel, int count) {
                writes[0]++;
            }
        });
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            group.send(i + ",");
            expected.append(i).append(',');
        }
        map.loop().poll(Duration.ZERO);
        assertThat(writes[0]).isEqualTo(1);
        assertThat(hears(member, expected.length())).isEqualTo(expected.toString());
    }

    /** The size of a chunk of the loop's own: it must not take the shared bytes for one of those. */
    @Test
    void sharedBytesAreNotReusedWhileOthersStillNeedThem() throws Exception {
        ChannelMap map = new ChannelMap();
        Connection<DispatcherWithSend> fast = member(map);
        Connection<DispatcherWithSend> slow = member(map);
        byte[] message = new byte[Chunks.SIZE];
        byte[] noise = new byte[Chunks.SIZE];
        Arrays.fill(message, (byte) 'm');
        Arrays.fill(noise, (byte) '!');
        byte[] first = new byte[8_000_000];
        slow.channel.send(first);
        map.loop().poll(Duration.ZERO);
        assertThat(slow.channel.outBufferSize()).isPositive();
        group.send(message);
        map.loop().poll(Duration.ZERO);
        fast.channel.send(noise);
        map.loop().poll(Duration.ZERO);
        Thread reader = new Thread(() -> {
            try {
                slow.peer.getInputStream().skipNBytes(first.length);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        reader.start();
        slow.pollUntil(() -> slow.channel.outBufferSize() == 0);
        reader.join(20_000);
        assertThat(hears(slow, message.length)).isEqualTo("m".repeat(message.length));
        assertThat(hears(fast, message.length)).isEqualTo("m".repeat(message.length));
    }

    @Test
    void whoDoesNotReadIsShownOutAndCostsTheOthersNothing() throws Exception {
        ChannelMap map = new ChannelMap();
        Connection<DispatcherWithSend> deaf = member(map);
        Connection<DispatcherWithSend> listener = member(map);
        deaf.channel.setOptions(ChannelOptions.DEFAULTS.withWaterMarks(1_000, 2_000, 100_000));
        String message = "x".repeat(50_000);
        while (!deaf.channel.isClosed()) {
            group.send(message);
            map.loop().poll(Duration.ZERO);
            assertThat(hears(listener, message.length())).isEqualTo(message);
        }
        assertThat(deaf.channel.closeReason()).isEqualTo(CloseReason.OVERFLOW);
        assertThat(group.members()).containsExactly(listener.channel);
    }

    @Test
    void whatComesAfterTheEndOfTheOutputIsDropped() throws Exception {
        ChannelMap map = new ChannelMap();
        Connection<DispatcherWithSend> member = member(map);
        map.loop().execute(() -> {
            try {
                member.channel.shutdownOutput();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        group.send("too late");
        map.loop().poll(Duration.ZERO);
        map.loop().poll(Duration.ZERO);
        assertThat(member.peer.getInputStream().read()).isEqualTo(-1);
        assertThat(member.channel.isConnected()).isTrue();
    }

    @Test
    void aMemberThatFailsHarmsNobody() throws Exception {
        ChannelMap map = new ChannelMap();
        Connection<DispatcherWithSend> failing = new Connection<>(map, ChannelGroupTest::failsToLog);
        connections.add(failing);
        group.add(failing.channel);
        Connection<DispatcherWithSend> other = member(map);
        failing.channel.setOptions(ChannelOptions.DEFAULTS.withWaterMarks(1, 2, 3));
        byte[] much = new byte[4_000_000];
        group.send(much);
        group.remove(other.channel);
        group.send("overflows");
        group.add(other.channel);
        group.send("heard");
        Thread loop = map.loop().start(Thread::new);
        assertThat(other.peer.getInputStream().readNBytes(much.length + 5)).endsWith(bytes("heard"));
        map.loop().stop();
        loop.join(20_000);
        assertThat(failing.channel.closeReason()).isEqualTo(CloseReason.ERROR);
    }

    private static DispatcherWithSend failsToLog(ChannelMap map) {
        return new DispatcherWithSend(map) {
            @Override
            public void logInfo(String message, String type) {
                throw new IllegalStateException("expected by the test");
            }
        };
    }

    // ---- loops ----

    @Test
    void membersOnSeveralLoopsAreOneTaskForEachLoop() throws Exception {
        ChannelMap first = new ChannelMap();
        ChannelMap second = new ChannelMap();
        Connection<DispatcherWithSend> one = member(first);
        Connection<DispatcherWithSend> two = member(second);
        member(second);
        for (int i = 0; i < TaskQueue.CAPACITY - 1; i++) {
            second.loop().execute(() -> {});
        }
        assertThat(group.send("a")).isEqualTo(3); // two members, one place left
        assertThatThrownBy(() -> group.send("b"))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("65536");
        first.loop().poll(Duration.ZERO);
        second.loop().poll(Duration.ZERO);
        assertThat(hears(one, 2)).as("whose loop had room").isEqualTo("ab");
        assertThat(group.send("c")).isEqualTo(3);
        second.loop().poll(Duration.ZERO);
        assertThat(hears(two, 2)).isEqualTo("ac");
    }

    @Test
    void whatWaitsForALoopIsBounded() throws Exception {
        ChannelMap map = new ChannelMap();
        Connection<DispatcherWithSend> member = member(map);
        byte[] megabyte = new byte[1024 * 1024];
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 20; i++) {
                        group.send(megabyte);
                    }
                })
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("8388608");
        assertThat(map.loop().groupBytes).hasValue(9L * 1024 * 1024);
        member.channel.close();
        assertThat(map.loop().groupBytes).hasValue(0L);
    }

    @Test
    void aStoppedLoopIsPassedOver() throws Exception {
        RunningLoop running = new RunningLoop();
        DispatcherWithSend unconnected = running.call(() -> new DispatcherWithSend(running.loop.map()));
        Connection<DispatcherWithSend> alive = member(new ChannelMap());
        group.add(unconnected);
        running.close();
        assertThat(group.send("x")).isEqualTo(1);
        alive.map.loop().poll(Duration.ZERO);
        assertThat(hears(alive, 1)).isEqualTo("x");
        group.remove(unconnected);
    }

    @Test
    void aMemberThatMovesIsToldByItsNewLoop() throws Exception {
        ChannelMap before = new ChannelMap();
        ChannelMap after = new ChannelMap();
        Connection<DispatcherWithSend> member = member(before);
        group.send("1"); // on its way to the old loop
        after.add(member.channel);
        before.loop().poll(Duration.ZERO);
        after.loop().poll(Duration.ZERO);
        group.send("2");
        after.loop().poll(Duration.ZERO);
        assertThat(hears(member, 2)).isEqualTo("12");
        after.closeAll(true);
    }
}
