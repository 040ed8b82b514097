package io.asyncore;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The functions of Python's {@code asyncore} module. They run on the calling thread, which owns the map's loop for as
 * long as they run.
 *
 * <p>What leaves them: {@link ExitNow}, and whatever a {@code handleError} threw, after that channel was closed.
 */
public final class Asyncore {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    private Asyncore() {}

    /**
     * Serves the global map until it is empty. Python's {@code asyncore.loop()}. An interrupt does not end it, but {@code
     * ChannelMap.global().loop().stop()} does, from any thread; and timers do not keep it going: see {@link EventLoop#run()}.
     */
    public static void loop() {
        loop(null, false, null, null);
    }

    /**
     * Serves a map until it is empty. Python's {@code asyncore.loop(timeout, use_poll, map, count)}. An
     * {@linkplain Thread#interrupt() interrupt}, before or meanwhile, changes nothing, and the flag is set at the end; what
     * ends it is {@code map.loop().stop()}, from any thread. Timers and tasks alone do not keep it going, see
     * {@link EventLoop#run()}.
     *
     * @param timeout the longest wait of one turn, which timers, tasks and events cut short; null for 30 s
     * @param usePoll true serves as {@link #poll2} does, false as {@link #poll}
     * @param map null for the global one
     * @param count how many turns at most; null for no bound
     */
    public static void loop(
            @Nullable Duration timeout, boolean usePoll, @Nullable ChannelMap map, @Nullable Integer count) {
        ReadyQueue.Order order = usePoll ? ReadyQueue.Order.BY_CHANNEL : ReadyQueue.Order.BY_EVENT;
        int turns = count == null ? Integer.MAX_VALUE : count;
        orGlobal(map).loop().run(order, timeout == null ? DEFAULT_TIMEOUT : timeout, turns);
    }

    /**
     * One turn: all reads, then all writes, then all exceptional events, each by ascending id. Python's
     * {@code asyncore.poll}.
     *
     * @param timeout the longest wait
     * @param map null for the global one
     */
    public static void poll(Duration timeout, @Nullable ChannelMap map) {
        orGlobal(map).loop().poll(ReadyQueue.Order.BY_EVENT, timeout);
    }

    /**
     * One turn: channel by channel, by ascending id. Python's {@code asyncore.poll2} and {@code poll3}.
     *
     * @param timeout the longest wait
     * @param map null for the global one
     */
    public static void poll2(Duration timeout, @Nullable ChannelMap map) {
        orGlobal(map).loop().poll(ReadyQueue.Order.BY_CHANNEL, timeout);
    }

    /**
     * Closes every channel of a map. Python's {@code asyncore.close_all}.
     *
     * @param map null for the global one
     * @param ignoreAll true logs what a {@code close()} throws and goes on with the others; false passes it on
     */
    public static void closeAll(@Nullable ChannelMap map, boolean ignoreAll) {
        orGlobal(map).closeAll(ignoreAll);
    }

    private static ChannelMap orGlobal(@Nullable ChannelMap map) {
        return map == null ? ChannelMap.global() : map;
    }
}
