package io.asyncore.spring.actuate;

import io.asyncore.EventLoop;
import io.asyncore.LoopCounters;
import io.asyncore.LoopEvent;
import io.asyncore.server.Server;
import io.asyncore.spring.AsyncoreServer;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * The meters of one loop of a server. Each start of the server makes a new loop, which goes on under the same index.
 *
 * @param server the server, which may not run
 * @param index which of its loops
 * @param counters what that loop has counted
 * @param longest how long its callbacks took
 */
record LoopMeters(AsyncoreServer server, int index, LoopCounters counters, LongestCallback longest) {

    void bindTo(MeterRegistry registry) {
        bindGauges(registry);
        FunctionCounter.builder("asyncore.loop.turns", counters, LoopCounters::turns)
                .description("Turns that the loop has completed")
                .tags(tags())
                .register(registry);
        FunctionCounter.builder("asyncore.callback.slow", counters, LoopCounters::slowCallbacks)
                .description("Callbacks that took longer than asyncore.loop.slow-callback")
                .tags(tags())
                .register(registry);
        FunctionTimer.builder(
                        "asyncore.tls.handshake",
                        counters,
                        LoopCounters::handshakes,
                        LoopCounters::handshakeNanos,
                        TimeUnit.NANOSECONDS)
                .description("TLS handshakes that succeeded, and how long they took")
                .tags(tags())
                .register(registry);
        FunctionCounter.builder("asyncore.write.dropped", counters, LoopCounters::bytesDropped)
                .description("Output that channels had when they ended, and that nobody will get")
                .baseUnit("bytes")
                .tags(tags())
                .register(registry);
        bindBytes("in", LoopCounters::bytesIn, registry);
        bindBytes("out", LoopCounters::bytesOut, registry);
        for (LoopEvent event : LoopEvent.values()) {
            bindEvent(event, registry);
        }
    }

    private void bindGauges(MeterRegistry registry) {
        gauge("asyncore.channels", loop -> loop.map().size())
                .description("Channels in the loop's map, listeners included")
                .baseUnit("channels")
                .register(registry);
        gauge("asyncore.write.pending", EventLoop::pendingOutput)
                .description("Output that waits to be written")
                .baseUnit("bytes")
                .register(registry);
        gauge("asyncore.loop.tasks.pending", EventLoop::pendingTasks)
                .description("Tasks that wait to be run")
                .register(registry);
        TimeGauge.builder("asyncore.loop.lag", server, TimeUnit.NANOSECONDS, of(Lag::nanos))
                .description("How long the loop worked before it could look again who is ready")
                .tags(tags())
                .register(registry);
        ToDoubleFunction<AsyncoreServer> running = of(EventLoop::busyNanos);
        TimeGauge.builder(
                        "asyncore.callback.longest",
                        server,
                        TimeUnit.NANOSECONDS,
                        each -> Math.max((double) longest.nanos(), running.applyAsDouble(each)))
                .description("The longest slow callback of the last one to two minutes, or the one that runs now")
                .tags(tags())
                .register(registry);
    }

    private void bindBytes(String direction, ToDoubleFunction<LoopCounters> count, MeterRegistry registry) {
        FunctionCounter.builder("asyncore.bytes", counters, count)
                .description("Bytes that were read, and bytes that the transports took")
                .baseUnit("bytes")
                .tags(tags())
                .tag(Tags.DIRECTION, direction)
                .register(registry);
    }

    private void bindEvent(LoopEvent event, MeterRegistry registry) {
        FunctionCounter.builder("asyncore.events", counters, each -> each.count(event))
                .description("Events that the loop dispatched")
                .baseUnit("events")
                .tags(tags())
                .tag(Tags.EVENT, Tags.of(event))
                .register(registry);
        FunctionTimer.builder(
                        "asyncore.callback",
                        counters,
                        each -> each.callbacks(event),
                        each -> each.callbackNanos(event),
                        TimeUnit.NANOSECONDS)
                .description("Callbacks, and how long they took")
                .tags(tags())
                .tag(Tags.EVENT, Tags.of(event))
                .register(registry);
    }

    private String[] tags() {
        return new String[] {Tags.SERVER, server.name(), Tags.LOOP, String.valueOf(index)};
    }

    private Gauge.Builder<AsyncoreServer> gauge(String name, ToDoubleFunction<EventLoop> value) {
        return Gauge.builder(name, server, of(value)).tags(tags());
    }

    /** What the loop of this index says at the moment; 0 while there is none. */
    private ToDoubleFunction<AsyncoreServer> of(ToDoubleFunction<EventLoop> value) {
        return each -> {
            Server running = each.server();
            return running == null || index >= running.loops().size()
                    ? 0
                    : value.applyAsDouble(running.loops().get(index));
        };
    }
}
