package io.asyncore.spring.actuate;

import io.asyncore.ChannelSnapshot;
import io.asyncore.Dispatcher;
import io.asyncore.EventLoop;
import io.asyncore.server.Server;
import io.asyncore.spring.AsyncoreServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/**
 * What the loops of a server are asked, and what they are told to do; their answer is waited for. Any thread but a loop's.
 *
 * @param server the server, which has no channels while it does not run
 * @param patience how long an answer is waited for
 */
record LoopQuestions(AsyncoreServer server, Duration patience) {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    LoopQuestions(AsyncoreServer server) {
        this(server, PATIENCE);
    }

    List<ChannelDescriptor> channels() {
        Server running = server.server();
        return running == null
                ? List.of()
                : answer(running, running.channels(), List.<ChannelSnapshot>of()).stream()
                        .map(ChannelDescriptor::of)
                        .toList();
    }

    @Nullable ChannelDescriptor channel(long id) {
        Server running = server.server();
        return running == null
                ? null
                : answer(running, running.channel(id), Optional.<ChannelSnapshot>empty())
                        .map(ChannelDescriptor::of)
                        .orElse(null);
    }

    /** False if there is no such channel. */
    boolean close(long id) {
        Server running = server.server();
        return running != null
                && running.loops().stream()
                        .filter(loop -> loop.map().get(id) != null)
                        .anyMatch(loop -> answer(running, closeOn(loop, id), false));
    }

    private static CompletableFuture<Boolean> closeOn(EventLoop loop, long id) {
        return CompletableFuture.supplyAsync(() -> closeNow(loop.map().get(id)), loop::execute);
    }

    private static boolean closeNow(@Nullable Dispatcher channel) {
        if (channel == null) {
            return false;
        }
        if (channel.isAccepting()) {
            String reason = "channel " + channel.id() + " listens for the server: stop the server instead";
            throw new InvalidEndpointRequestException(reason, reason);
        }
        channel.close();
        return true;
    }

    /** A server that has just ended answers nothing more, because nothing is left. */
    private <T> T answer(Server asked, CompletableFuture<T> question, T ifEnded) {
        try {
            return question.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InvalidEndpointRequestException refused) {
                throw refused;
            } else if (e.getCause() instanceof RejectedExecutionException && !asked.isRunning()) {
                return ifEnded;
            }
            throw new LoopUnavailableException(describe() + " could not answer", e.getCause());
        } catch (TimeoutException e) {
            throw new LoopUnavailableException(describe() + " did not answer within " + patience.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoopUnavailableException("interrupted while " + describe() + " was asked", e);
        }
    }

    private String describe() {
        return "the server '" + server.name() + "'";
    }
}
