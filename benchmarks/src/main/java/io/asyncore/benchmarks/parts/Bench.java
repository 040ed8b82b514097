package io.asyncore.benchmarks.parts;

import io.asyncore.ChannelMap;
import io.asyncore.ChannelOptions;
import io.asyncore.Dispatcher;
import io.asyncore.EventLoop;
import io.asyncore.LoopCounters;
import io.asyncore.server.DispatcherFactory;
import java.time.Duration;

/** A loop on a {@link Wire}, set up as a server sets up its own, and stepped by the benchmark. Confined to its thread. */
final class Bench {

    private static final ChannelOptions OPTIONS = ChannelOptions.DEFAULTS.withIdleTimeout(Duration.ofMinutes(5));

    final Wire wire = new Wire();
    private final EventLoop loop;

    Bench() {
        loop = new EventLoop(new ChannelMap(), wire, System::nanoTime);
        loop.addListener(new LoopCounters());
    }

    /** Connected channels on which the same input arrives in every turn. */
    void busy(int count, DispatcherFactory factory, byte[] input) throws Exception {
        for (int i = 0; i < count; i++) {
            busy(factory.create(), wire.stream(input));
        }
    }

    void busy(Dispatcher channel, WireStream stream) {
        loop.attach(channel, stream, OPTIONS);
        wire.isReady(stream);
    }

    /** Connected channels on which nothing happens. */
    void idle(int count, DispatcherFactory factory) throws Exception {
        for (int i = 0; i < count; i++) {
            loop.attach(factory.create(), wire.stream(new byte[0]), OPTIONS);
        }
    }

    /** So many turns of the loop. */
    void turns(int count) {
        loop.run(count);
    }
}
