package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Where off-loop work runs when nobody has said where. */
class SharedExecutorTest {

    private static Thread threadOf(Executor executor) throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        executor.execute(() -> thread.complete(Thread.currentThread()));
        return thread.get(20, TimeUnit.SECONDS);
    }

    @Test
    void workOfALoopWithoutAnExecutorRunsOnADaemonThreadOfItsOwn() throws Exception {
        ChannelMap map = new ChannelMap();
        try (Connection<Offloading> connection = new Connection<>(map, Offloading::new)) {
            Offloading channel = connection.channel;
            channel.beginOnTheLoopsExecutor(() -> Thread.currentThread().getName() + " "
                    + Thread.currentThread().isDaemon());
            connection.pollUntil(() -> !channel.events.isEmpty());
            assertThat(channel.events).singleElement().asString().matches("asyncore-offload-\\d+ true");
        }
    }

    @Test
    void theLoopsExecutorIsUsedOnceItIsSet() throws Exception {
        ChannelMap map = new ChannelMap();
        try (Connection<Offloading> connection = new Connection<>(map, Offloading::new)) {
            Offloading channel = connection.channel;
            map.loop().setOffloadExecutor(work -> new Thread(work, "chosen").start());
            channel.beginOnTheLoopsExecutor(() -> Thread.currentThread().getName());
            connection.pollUntil(() -> !channel.events.isEmpty());
            assertThat(channel.events).containsExactly("chosen");
        }
    }

    @Test
    void whereThereAreVirtualThreadsEachPieceOfWorkHasOne() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads need JDK 21 or later");
        Thread thread = threadOf(SharedExecutor.get());
        assertThat((boolean) Thread.class.getMethod("isVirtual").invoke(thread)).isTrue();
        CountDownLatch all = new CountDownLatch(1_000);
        for (int i = 0; i < 1_000; i++) {
            SharedExecutor.get().execute(() -> {
                all.countDown();
                awaitQuietly(all); // all at once, or none gets through
            });
        }
        assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void beforeThatThereIsAPool() throws Exception {
        assumeTrue(Runtime.version().feature() < 21, "from JDK 21 on there are virtual threads");
        assertThat(WorkThreads.virtualThreads("test-")).isNull();
        assertThat(threadOf(SharedExecutor.get()).isDaemon()).isTrue();
    }

    @Test
    void thePoolIsBoundedAndSaysSoWhenItIsFull() throws Exception {
        Executor pool = WorkThreads.offloadPool("test-");
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch all = new CountDownLatch(WorkThreads.POOL_THREADS + WorkThreads.POOL_QUEUE);
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        Runnable work = () -> {
            threads.add(Thread.currentThread());
            awaitQuietly(go);
            all.countDown();
        };
        for (long i = all.getCount(); i > 0; i--) {
            pool.execute(work);
        }
        assertThatThrownBy(() -> pool.execute(work))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("10000")
                .hasMessageContaining("setOffloadExecutor");
        go.countDown();
        assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(threads).hasSize(WorkThreads.POOL_THREADS);
    }

    /** Also of the last one, which has still to leave when it has said that it is the last. */
    @Test
    void theEndOfAPoolIsThatOfItsThreads() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            ExecutorService pool = WorkThreads.pool("test-", 2, 10, "tasks", "wait");
            Thread one = threadOf(pool);
            Thread two = threadOf(pool);
            pool.shutdownNow();
            assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
            assertThat(one.isAlive() || two.isAlive()).isFalse();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("waited in vain");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
