package io.asyncore;

import io.asyncore.transport.Transport;
import io.asyncore.transport.tls.TlsTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLSession;

/**
 * Takes snapshots of a loop's channels, some in each turn, so that no other work waits for long. Made and begun on any
 * thread, goes on on the loop's.
 */
final class Snapshots {

    /** So many channels in one turn: some tens of microseconds. */
    private static final int SLICE = 256;

    private final EventLoop loop;
    private final List<Dispatcher> channels;
    private final List<ChannelSnapshot> taken;
    private final CompletableFuture<List<ChannelSnapshot>> result = new CompletableFuture<>();
    private int next;

    private Snapshots(EventLoop loop) {
        this.loop = loop;
        this.channels = loop.map().channels();
        this.taken = new ArrayList<>(channels.size());
    }

    static CompletableFuture<List<ChannelSnapshot>> ofAll(EventLoop loop) {
        Snapshots snapshots = new Snapshots(loop);
        snapshots.goOn();
        return snapshots.result;
    }

    private void goOn() {
        execute(loop, result, this::takeSome);
    }

    private void takeSome() {
        for (int last = Math.min(next + SLICE, channels.size()); next < last; next++) {
            Dispatcher channel = channels.get(next);
            if (channel.isInLoop(loop)) {
                taken.add(of(channel));
            }
        }
        if (next < channels.size()) {
            goOn();
        } else {
            result.complete(List.copyOf(taken));
        }
    }

    static CompletableFuture<Optional<ChannelSnapshot>> ofOne(EventLoop loop, long id) {
        CompletableFuture<Optional<ChannelSnapshot>> result = new CompletableFuture<>();
        execute(
                loop,
                result,
                () -> result.complete(Optional.ofNullable(loop.map().get(id)).map(Snapshots::of)));
        return result;
    }

    private static ChannelSnapshot of(Dispatcher channel) {
        Transport open = channel.transport;
        TlsTransport tls = open == null ? null : open.unwrap(TlsTransport.class);
        Extras extras = channel.extrasIfAny();
        SSLSession session = tls == null ? null : tls.session();
        long now = channel.loop().stamp();
        return new ChannelSnapshot(
                channel.id(),
                channel.address(),
                open == null ? null : open.localAddress(),
                channel.getClass().getName(),
                channel.state().name(),
                open == null ? Duration.ZERO : since(channel.opened, now),
                open == null ? Duration.ZERO : since(channel.lastInput, now),
                channel.bytesIn,
                channel.bytesOut,
                channel.pendingOutput(),
                channel.isGateClosed(),
                session == null ? null : session.getProtocol(),
                session == null ? null : session.getCipherSuite(),
                extras == null ? null : extras.lastError);
    }

    private static Duration since(long stamp, long now) {
        return Duration.ofNanos(Math.max(0, now - stamp));
    }

    /** What cannot be handed in, and what fails, fails the result. */
    private static void execute(EventLoop loop, CompletableFuture<?> result, Runnable task) {
        try {
            loop.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException | Error e) {
                    result.completeExceptionally(e);
                    throw e;
                }
            });
        } catch (RejectedExecutionException stopped) {
            result.completeExceptionally(stopped);
        }
    }
}
