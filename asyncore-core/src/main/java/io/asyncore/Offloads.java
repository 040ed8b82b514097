package io.asyncore;

import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The off-loop work of one channel: how much is under way, and outcomes that wait to be delivered. Confined to the loop's
 * thread, except for what says otherwise.
 *
 * <p>Outcomes wait here and not in a loop's queue, as their channel may have moved to another loop, or be in none. Who
 * brings one first stores it and then looks for the loop; who moves the channel first says where it is and then looks for
 * outcomes. One of the two always sees the other.
 */
final class Offloads {

    private static final Logger log = LoggerFactory.getLogger(EventLoop.class);

    private final Dispatcher channel;
    private final Queue<Callbacks.Callback> outcomes = new ConcurrentLinkedQueue<>();
    private int underWay;

    Offloads(Dispatcher channel) {
        this.channel = channel;
    }

    boolean isAnyUnderWay() {
        return underWay > 0;
    }

    <T extends @Nullable Object> void begin(
            Executor executor,
            Callable<T> work,
            ResultHandler<? super T> done,
            ResultHandler<? super Throwable> failed) {
        Offload<T> offload = new Offload<>(this, channel.loop().offLoop.underWay, work, done, failed);
        underWay++;
        channel.closeGate(Interest.GATE_OFF_LOOP);
        try {
            executor.execute(offload);
        } catch (Throwable rejected) {
            if (offload.isFirstToEndIt()) {
                ended();
            }
            throw rejected;
        }
    }

    private void ended() {
        underWay--;
        if (underWay == 0) {
            channel.openGate(Interest.GATE_OFF_LOOP);
            channel.offLoopWorkEnded();
        }
    }

    /** Any thread. */
    void arrived(Callbacks.Callback outcome) {
        if (!channel.isClosed()) {
            outcomes.add(outcome);
            deliverSoon();
        }
    }

    /** The channel has joined a map, perhaps another one than that whose loop was asked to deliver. */
    void joined() {
        outcomes.forEach(outcome -> deliverSoon());
    }

    private void deliverSoon() {
        EventLoop loop = channel.loop();
        loop.executeUnbounded(() -> deliverNext(loop));
    }

    private void deliverNext(EventLoop loop) {
        if (channel.isInLoop(loop)) {
            Callbacks.Callback outcome = outcomes.poll();
            if (outcome != null) {
                loop.callbacks.call(LoopEvent.TASK, channel, unused -> deliver(outcome));
            }
        }
    }

    /** The gate opens last: what the handler makes of the outcome comes before what the peer has sent meanwhile. */
    private void deliver(Callbacks.Callback outcome) throws Exception {
        try {
            if (!channel.isEnding() && channel.state() != ChannelState.CLOSING) {
                outcome.run(channel);
            }
        } finally {
            ended();
        }
    }

    /** Any thread. */
    void logIfNobodyHears(Throwable failure) {
        if (channel.isClosed()) {
            log.debug("off-loop work of {} failed after the channel was closed", channel, Escaped.throwable(failure));
        }
    }
}
