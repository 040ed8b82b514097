package io.asyncore.server;

import io.asyncore.ChannelSnapshot;
import io.asyncore.EventLoop;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Snapshots of the channels of several loops, each taken on its own loop's thread. Any thread. */
final class ChannelSnapshots {

    private ChannelSnapshots() {}

    static CompletableFuture<List<ChannelSnapshot>> ofAll(List<EventLoop> loops) {
        List<CompletableFuture<List<ChannelSnapshot>>> parts =
                loops.stream().map(EventLoop::snapshots).toList();
        return all(parts)
                .thenApply(unused -> parts.stream()
                        .flatMap(part -> part.join().stream())
                        .sorted(Comparator.comparingLong(ChannelSnapshot::id))
                        .toList());
    }

    /** Only the loop whose map has the channel is asked. */
    static CompletableFuture<Optional<ChannelSnapshot>> ofOne(List<EventLoop> loops, long id) {
        return loops.stream()
                .filter(loop -> loop.map().get(id) != null)
                .findFirst()
                .map(loop -> loop.snapshot(id))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    private static CompletableFuture<Void> all(List<? extends CompletableFuture<?>> parts) {
        return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new));
    }
}
