package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Work off the loop: where it runs, how its outcome comes back, and what the channel does meanwhile. */
class OffloadTest {

    private final ManualExecutor executor = new ManualExecutor();
    private final ChannelMap map = new ChannelMap();
    private final EventLoop loop = map.loop();
    private Connection<Offloading> connection;
    private Offloading channel;

    @BeforeEach
    void connect() throws IOException {
        connection = new Connection<>(map, Offloading::new);
        channel = connection.channel;
    }

    @AfterEach
    void close() throws IOException {
        connection.close();
    }

    private void turn() {
        loop.poll(Duration.ZERO);
    }

    private void peerSays(String text) throws IOException {
        connection.peer.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private String peerHears(int count) throws IOException {
        connection.peer.setSoTimeout(20_000);
        return new String(connection.peer.getInputStream().readNBytes(count), StandardCharsets.UTF_8);
    }

    @Test
    void theWorkRunsElsewhereAndItsResultIsACallbackOfTheChannel() throws Exception {
        AtomicReference<String> worker = new AtomicReference<>();
        channel.beginWith(
                executor, () -> worker.getAndSet(Thread.currentThread().getName()), unused -> {
                    assertThat(ChannelMap.current()).isSameAs(map);
                    assertThat(loop.callbacks.running()).isSameAs(channel);
                    channel.events.add("done");
                    channel.send("answer".getBytes(StandardCharsets.UTF_8));
                });
        executor.runNext();
        assertThat(worker).hasValue("worker");
        assertThat(channel.events).isEmpty();
        turn();
        assertThat(channel.events).containsExactly("done");
        assertThat(peerHears(6)).isEqualTo("answer");
    }

    @Test
    void aResultMayBeNull() {
        channel.beginWith(executor, () -> null, result -> channel.events.add("got " + result));
        executor.runNext();
        turn();
        assertThat(channel.events).containsExactly("got null");
    }

    @Test
    void aFailureGoesToHandleErrorAsItIs() {
        channel.begin(executor, () -> {
            throw new IOException("no such order");
        });
        channel.begin(executor, () -> {
            throw new AssertionError("an error");
        });
        executor.runNext();
        executor.runNext();
        turn();
        assertThat(channel.events)
                .containsExactly(
                        "error: java.io.IOException: no such order", "error: java.lang.AssertionError: an error");
    }

    @Test
    void aFailureGoesToItsHandlerIfThereIsOne() {
        channel.beginHandlingFailure(executor, () -> {
            throw new IOException("no such order");
        });
        executor.runNext();
        turn();
        assertThat(channel.events).containsExactly("failed: java.io.IOException: no such order");
    }

    @Test
    void alsoWhereTheLoopsExecutorDoesTheWork() {
        channel.loop().setOffloadExecutor(executor);
        channel.beginHandlingFailure(() -> {
            throw new IOException("no such order");
        });
        executor.runNext();
        turn();
        assertThat(channel.events).containsExactly("failed: java.io.IOException: no such order");
    }

    @Test
    void whatTheResultsHandlerThrowsGoesToHandleErrorAndReadingGoesOn() throws Exception {
        channel.beginWith(executor, () -> "", result -> {
            throw new IllegalStateException("expected by the test");
        });
        peerSays("next");
        executor.runNext();
        connection.pollUntil(() -> channel.events.contains("read next"));
        assertThat(channel.events).first().asString().contains("expected by the test");
    }

    @Test
    void whileWorkIsUnderWayNothingIsReadAndAfterTheLastItIs() throws Exception {
        channel.begin(executor, () -> "1");
        channel.begin(executor, () -> "2");
        peerSays("next");
        turns();
        executor.runLast();
        turns();
        assertThat(channel.events).as("in the order of completion").containsExactly("2");
        assertThat(channel.isOffloading()).isTrue();
        executor.runNext();
        connection.pollUntil(() -> channel.events.size() == 3);
        assertThat(channel.events).containsExactly("2", "1", "read next");
        assertThat(channel.isOffloading()).isFalse();
        assertThat(peerHears(2)).isEqualTo("21");
    }

    private void turns() {
        for (int i = 0; i < 5; i++) {
            loop.poll(Duration.ofMillis(10));
        }
    }

    @Test
    void workThatIsBegunWithAResultKeepsTheGateClosed() throws Exception {
        channel.beginWith(executor, () -> "first", result -> channel.begin(executor, () -> "second"));
        peerSays("next");
        executor.runNext();
        turns();
        assertThat(channel.events).isEmpty();
        executor.runNext();
        connection.pollUntil(() -> channel.events.size() == 2);
        assertThat(channel.events).containsExactly("second", "read next");
    }

    @Test
    void aPausedChannelStaysPausedWhenItsWorkIsDone() throws Exception {
        channel.begin(executor, () -> "done");
        channel.pauseReading();
        peerSays("next");
        executor.runNext();
        turns();
        assertThat(channel.events).containsExactly("done");
        channel.resumeReading();
        connection.pollUntil(() -> channel.events.contains("read next"));
    }

    @Test
    void evenAnExecutorThatRunsTheWorkAtOnceIsAnsweredLater() {
        channel.begin(Runnable::run, () -> "done");
        assertThat(channel.events).isEmpty();
        turn();
        assertThat(channel.events).containsExactly("done");
    }

    @Test
    void aResultWakesTheLoop() {
        long start = System.nanoTime();
        channel.beginWith(work -> new Thread(work).start(), () -> "done", result -> loop.stop());
        loop.run();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    // ---- executors that fail ----

    @Test
    void anExecutorThatTakesNoMoreFailsTheCallAndTheChannelIsReadOn() throws Exception {
        assertThatThrownBy(() -> channel.begin(
                        work -> {
                            throw new RejectedExecutionException("full");
                        },
                        () -> "never"))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessage("full");
        assertThat(channel.isOffloading()).isFalse();
        assertThat(loop.offloadsUnderWay()).isZero();
        peerSays("next");
        connection.pollUntil(() -> channel.events.contains("read next"));
    }

    @Test
    void anExecutorThatRunsTheWorkTwiceOrThrowsAfterwardsIsAnsweredOnce() {
        assertThatThrownBy(() -> channel.begin(
                        work -> {
                            work.run();
                            work.run();
                            throw new IllegalStateException("of the executor");
                        },
                        () -> "done"))
                .hasMessage("of the executor");
        turns();
        assertThat(channel.events).containsExactly("done");
        assertThat(channel.isOffloading()).isFalse();
        assertThat(loop.offloadsUnderWay()).isZero();
    }

    @Test
    void theLoopCountsWhatIsUnderWay() {
        channel.begin(executor, () -> "1");
        channel.begin(executor, () -> "2");
        assertThat(loop.offloadsUnderWay()).isEqualTo(2);
        executor.runNext();
        assertThat(loop.offloadsUnderWay()).isEqualTo(1);
        channel.close();
        executor.runNext();
        assertThat(loop.offloadsUnderWay()).isZero();
    }

    @Test
    void aFullTaskQueueDoesNotLoseAResult() {
        channel.begin(executor, () -> "done");
        for (int i = 0; i < TaskQueue.CAPACITY; i++) {
            loop.execute(() -> {});
        }
        assertThatThrownBy(() -> loop.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        executor.runNext();
        turn();
        assertThat(channel.events).containsExactly("done");
        loop.execute(() -> {});
    }

    @Test
    void onAnotherThreadItIsRefused() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            Offloading other = running.call(() -> new Offloading(running.loop.map()));
            assertThatThrownBy(() -> other.begin(executor, () -> "never"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("running-loop");
            assertThat(executor.waiting()).isZero();
        }
    }

    // ---- channels that end ----

    @Test
    void whoHasClosedMeanwhileHearsNothing() {
        channel.begin(executor, () -> "done");
        channel.begin(executor, () -> {
            throw new IOException("expected by the test");
        });
        loop.execute(channel::close);
        executor.runNext(); // delivered in the very turn in which the channel is closed
        turn();
        executor.runNext();
        turns();
        assertThat(channel.isClosed()).isTrue();
        assertThat(channel.events).isEmpty();
    }

    @Test
    void afterCloseWhenDoneNothingComesBack() throws Exception {
        channel.begin(executor, () -> "late");
        channel.send("bye".getBytes(StandardCharsets.UTF_8));
        channel.closeWhenDone();
        turns();
        assertThat(peerHears(3)).isEqualTo("bye");
        assertThat(channel.isClosed()).as("the peer is still there").isFalse();
        executor.runNext();
        turns();
        connection.peer.close();
        connection.pollUntil(channel::isClosed);
        assertThat(channel.events).containsExactly("close: LOCAL");
    }

    @Test
    void theEndOfTheInputIsHeardOfAfterTheResult() throws Exception {
        channel.begin(executor, () -> "done");
        peerSays("last");
        connection.peer.shutdownOutput();
        turns();
        assertThat(channel.events).isEmpty();
        executor.runNext();
        connection.pollUntil(channel::isClosed);
        assertThat(channel.events).containsExactly("done", "read last", "close: PEER");
    }

    @Test
    void aResetIsHeardOfWhenTheResultIsThere() throws Exception {
        channel.begin(executor, () -> "done");
        connection.peer.setSoLinger(true, 0);
        connection.peer.close();
        turns();
        executor.runNext();
        connection.pollUntil(channel::isClosed);
        assertThat(channel.events).startsWith("done").last().isEqualTo("close: RESET");
    }

    @Test
    void aLoopThatIsStoppedClosesItsChannelsAndTheResultIsDropped() throws Exception {
        RunningLoop running = new RunningLoop();
        running.call(() -> {
            running.loop.map().add(channel);
            channel.begin(executor, () -> "late");
            return "";
        });
        running.close();
        executor.runNext();
        assertThat(channel.events).containsExactly("close: SHUTDOWN");
        assertThat(running.loop.offloadsUnderWay()).isZero();
    }

    // ---- channels that move ----

    @Test
    void theResultFollowsTheChannelToAnotherLoop() throws Exception {
        ChannelMap after = new ChannelMap();
        AtomicReference<ChannelMap> where = new AtomicReference<>();
        for (int i = 0; i < 3; i++) {
            channel.beginWith(executor, () -> "", unused -> where.set(ChannelMap.current()));
        }
        executor.runNext(); // on its way to the old loop
        channel.delChannel();
        executor.runNext(); // on its way to no loop
        turns();
        assertThat(where).hasNullValue();
        after.add(channel);
        assertThat(channel.isOffloading()).isTrue();
        executor.runNext(); // on its way to the new one
        turns();
        assertThat(where).hasNullValue();
        Connection.pollUntil(after, () -> !channel.isOffloading());
        assertThat(where).hasValue(after);
        map.add(channel);
    }
}
