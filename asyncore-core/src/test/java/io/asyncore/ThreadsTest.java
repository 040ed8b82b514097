package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who may do what on which thread, and what other threads hand over. */
class ThreadsTest {

    @Test
    void confinedMethodsNameTheThreadThatOwnsTheLoop() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            Dispatcher channel = running.call(() -> new Dispatcher(running.loop.map()));
            List<org.assertj.core.api.ThrowableAssert.ThrowingCallable> confined = List.of(
                    channel::createSocket,
                    channel::close,
                    channel::pauseReading,
                    () -> channel.recv(1),
                    () -> channel.send(new byte[1]),
                    () -> channel.bind(new InetSocketAddress("127.0.0.1", 0)),
                    () -> channel.callLater(Duration.ZERO, () -> {}),
                    () -> running.loop.map().add(channel),
                    () -> running.loop.map().closeAll(true),
                    () -> running.loop.poll(Duration.ZERO),
                    () -> running.loop.setTimeout(Duration.ofSeconds(1)),
                    () -> running.loop.callLater(Duration.ZERO, () -> {}));
            for (int i = 0; i < confined.size(); i++) {
                assertThatThrownBy(confined.get(i))
                        .as("call %s", i)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("running-loop");
            }
            assertThatThrownBy(() -> channel.recv(1))
                    .hasMessage("this belongs to the loop on thread 'running-loop' and was called on '"
                            + Thread.currentThread().getName()
                            + "': hand it over, as with map().loop().execute(...)");
        }
    }

    @Test
    void howAChannelLogsIsSetWhileItIsMadeOrOnItsLoopsThread() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            Dispatcher channel = new Dispatcher(running.loop.map());
            channel.setIgnoreLogTypes(Set.of("info"));
            channel.setDebug(false);
            running.call(() -> {
                channel.createSocket();
                channel.bind(new InetSocketAddress("127.0.0.1", 0));
                channel.listen(1);
                channel.setDebug(false);
                return "";
            });
            assertThatThrownBy(() -> channel.setDebug(true)).hasMessageContaining("running-loop");
            assertThatThrownBy(() -> channel.setIgnoreLogTypes(Set.of())).hasMessageContaining("running-loop");
        }
    }

    @Test
    void aLoopThatNobodyRunsMayBeUsedByAnyThreadAndIsClaimedByWhoPolls() throws Exception {
        ChannelMap map = new ChannelMap();
        EventLoop loop = map.loop();
        assertThat(loop.inLoop()).isFalse();
        List<String> seen = new ArrayList<>();
        loop.execute(() -> seen.add(loop.inLoop() + " " + (ChannelMap.current() == map)));
        Thread other = new Thread(() -> loop.poll(Duration.ZERO));
        other.start();
        other.join(20_000);
        loop.poll(Duration.ZERO);
        assertThat(seen).containsExactly("true true");
        assertThat(ChannelMap.current()).isSameAs(ChannelMap.global());
    }

    @Test
    void tasksOfManyThreadsWakeTheLoopAndKeepTheOrderOfEach() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            int threads = 8;
            int each = 5_000;
            int[] next = new int[threads];
            AtomicInteger outOfOrder = new AtomicInteger();
            CountDownLatch done = new CountDownLatch(threads * each);
            List<Thread> all = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int me = t;
                Thread thread = new Thread(() -> {
                    for (int i = 0; i < each; i++) {
                        int mine = i;
                        running.loop.execute(() -> {
                            if (next[me]++ != mine) {
                                outOfOrder.incrementAndGet();
                            }
                            done.countDown();
                        });
                    }
                });
                all.add(thread);
                thread.start();
            }
            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(outOfOrder).hasValue(0);
            for (Thread thread : all) {
                thread.join(20_000);
            }
        }
    }

    /** One hand-over at a time to a loop that has just gone to sleep: a lost wake-up would take 30 s. */
    @Test
    void noWakeUpIsLost() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
            for (int i = 0; i < 20_000; i++) {
                int number = i;
                running.loop.execute(() -> answers.add(number));
                assertThat(answers.poll(10, TimeUnit.SECONDS)).isEqualTo(number);
            }
        }
    }

    @Test
    void theTaskQueueIsBoundedAndNothingThatWasTakenIsLost() {
        EventLoop loop = new EventLoop(new ChannelMap());
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < TaskQueue.CAPACITY; i++) {
            loop.execute(ran::incrementAndGet);
        }
        assertThatThrownBy(() -> loop.execute(ran::incrementAndGet))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("65536");
        loop.poll(Duration.ZERO);
        assertThat(ran).hasValue(TaskQueue.CAPACITY);
        loop.execute(ran::incrementAndGet);
    }

    @Test
    void aStoppedLoopTakesNoMoreTasks() throws Exception {
        RunningLoop running = new RunningLoop();
        running.close();
        assertThatThrownBy(() -> running.loop.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("stopped");
    }

    @Test
    void aTaskThatFailsHarmsNobody() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            running.loop.execute(() -> {
                throw new IllegalStateException("expected by the test");
            });
            assertThat(running.call(() -> "still there")).isEqualTo("still there");
        }
    }

    @Test
    void anInterruptClosesNothingAndIsRestoredWhenTheLoopEnds() throws Exception {
        try (Connection<DispatcherWithSend> connection = new Connection<>(new ChannelMap(), DispatcherWithSend::new)) {
            EventLoop loop = connection.map.loop();
            LoopCounters counters = new LoopCounters();
            loop.addListener(counters);
            AtomicInteger interruptedAt = new AtomicInteger();
            loop.callLater(Duration.ofMillis(30), () -> Thread.currentThread().interrupt());
            loop.callLater(Duration.ofMillis(60), () -> {
                interruptedAt.set((int) counters.turns());
                connection.channel.send("still open".getBytes(StandardCharsets.UTF_8));
            });
            loop.callLater(Duration.ofMillis(120), loop::stop);
            loop.run();
            assertThat(Thread.interrupted()).as("the flag after run()").isTrue();
            assertThat(connection.channel.isConnected()).isTrue();
            assertThat(connection.peer.getInputStream().readNBytes(10))
                    .asString()
                    .isEqualTo("still open");
            assertThat(counters.turns()).as("turns: a flag left set would spin").isLessThan(50);
        }
    }

    /** A program that calls it again and again would otherwise spin. */
    @Test
    void onAnInterruptedThreadTheLoopWaitsAsLongAsOtherwise() throws Exception {
        Duration time = Duration.ofMillis(100);
        try (Connection<DispatcherWithSend> connection = new Connection<>(new ChannelMap(), DispatcherWithSend::new)) {
            Thread.currentThread().interrupt();
            long begun = System.nanoTime();
            Asyncore.loop(time, false, connection.map, 1);
            assertThat(Thread.currentThread().isInterrupted())
                    .as("the flag after loop()")
                    .isTrue();
            Asyncore.poll(time, connection.map);
            assertThat(Thread.currentThread().isInterrupted())
                    .as("the flag after poll()")
                    .isTrue();
            assertThat(System.nanoTime() - begun)
                    .isGreaterThanOrEqualTo(time.multipliedBy(2).toNanos());
        } finally {
            Thread.interrupted();
        }
    }

    static final class Waiting extends DispatcherWithSend {
        volatile boolean open;
        final BlockingQueue<String> received = new LinkedBlockingQueue<>();

        Waiting(ChannelMap map) {
            super(map);
        }

        @Override
        protected boolean readable() {
            return open;
        }

        @Override
        protected void handleRead() throws Exception {
            received.add(new String(recv(100), StandardCharsets.UTF_8));
        }
    }

    @Test
    void interestChangedFromAnotherThreadWakesTheLoop() throws Exception {
        Connection<Waiting> connection = new Connection<>(new ChannelMap(), Waiting::new);
        connection.peer.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
        Thread thread = connection.map.loop().start(Thread::new);
        assertThat(connection.channel.received.poll(100, TimeUnit.MILLISECONDS)).isNull();
        connection.channel.open = true;
        connection.channel.interestChanged();
        assertThat(connection.channel.received.poll(20, TimeUnit.SECONDS)).isEqualTo("hello");
        connection.map.loop().stop();
        thread.join(20_000);
        connection.close();
    }

    @Test
    void whatIsSentFromOtherThreadsIsCountedAtTheCallAndKeepsItsOrder() throws Exception {
        Connection<DispatcherWithSend> connection = new Connection<>(new ChannelMap(), DispatcherWithSend::new);
        DispatcherWithSend channel = connection.channel;
        assertThat(channel.send("first, ".getBytes(StandardCharsets.UTF_8))).isEqualTo(7);
        assertThat(channel.outBufferSize()).isEqualTo(7);
        byte[] reused = "second".getBytes(StandardCharsets.UTF_8);
        channel.send(reused);
        reused[0] = '!';
        channel.closeWhenDone();
        connection.map.loop().poll(Duration.ZERO);
        assertThat(channel.outBufferSize()).isZero();
        assertThat(new String(connection.peer.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("first, second");
        assertThat(channel.send(reused)).as("after closeWhenDone").isZero();
        connection.close();
    }

    @Test
    void stopBeforeRunMakesThatRunReturn() throws Exception {
        try (Connection<DispatcherWithSend> connection = new Connection<>(new ChannelMap(), DispatcherWithSend::new)) {
            connection.map.loop().stop();
            connection.map.loop().run();
            assertThat(connection.channel.isConnected()).isTrue();
        }
    }

    @Test
    void twoThreadsCannotRunOneLoop() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            assertThatThrownBy(() -> running.loop.start(Thread::new)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> running.loop.run()).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> new EventLoop(running.loop.map()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("ChannelMap.loop()");
        }
    }
}
