package io.asyncore.spring.actuate;

import io.asyncore.EventLoop;
import io.asyncore.LoopCounters;
import io.asyncore.server.Server;
import org.jspecify.annotations.Nullable;

/**
 * Some numbers of one server or of all. Those from {@code accepted} on count from the application's start,
 * whatever was restarted meanwhile.
 *
 * @param connections how many are open
 * @param handshakes how many connections have not completed their PROXY header or TLS handshake; they are not among
 *     {@code connections}, but count for the limit
 * @param channels how many the loops serve, listeners included
 * @param pendingOutput bytes of output that wait to be written
 * @param accepted connections that got a handler
 * @param rejected connections that were closed before they got one
 * @param closed connections that had a handler and have ended
 * @param bytesIn bytes read
 * @param bytesOut bytes written
 * @param slowCallbacks callbacks that took longer than the loops allow
 */
public record Totals(
        int connections,
        int handshakes,
        int channels,
        long pendingOutput,
        long accepted,
        long rejected,
        long closed,
        long bytesIn,
        long bytesOut,
        long slowCallbacks) {

    static final Totals NOTHING = new Totals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    static Totals of(@Nullable Server server, ServerCounters counters) {
        return new Totals(
                server == null ? 0 : server.connectionCount(),
                server == null ? 0 : server.handshakesUnderWay(),
                server == null
                        ? 0
                        : server.loops().stream()
                                .mapToInt(loop -> loop.map().size())
                                .sum(),
                server == null
                        ? 0
                        : server.loops().stream()
                                .mapToLong(EventLoop::pendingOutput)
                                .sum(),
                counters.accepted(),
                counters.rejected(),
                counters.closed(),
                counters.ofLoops(LoopCounters::bytesIn),
                counters.ofLoops(LoopCounters::bytesOut),
                counters.ofLoops(LoopCounters::slowCallbacks));
    }

    Totals plus(Totals other) {
        return new Totals(
                connections + other.connections,
                handshakes + other.handshakes,
                channels + other.channels,
                pendingOutput + other.pendingOutput,
                accepted + other.accepted,
                rejected + other.rejected,
                closed + other.closed,
                bytesIn + other.bytesIn,
                bytesOut + other.bytesOut,
                slowCallbacks + other.slowCallbacks);
    }
}
