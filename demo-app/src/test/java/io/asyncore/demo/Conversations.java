package io.asyncore.demo;

import io.asyncore.ChannelMap;
import io.asyncore.EventLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Many conversations with an echo server at once, on a loop of their own. For the test's thread. */
final class Conversations implements AutoCloseable {

    /** So many connect at once: fewer than a listener's queue holds. */
    private static final int BATCH = 100;

    private final EventLoop loop = new EventLoop(new ChannelMap());
    private final List<Conversation> conversations = new ArrayList<>();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private @Nullable Thread thread;
    private volatile boolean going;

    /** All ask, and ask again as soon as they are answered. */
    void begin(int port, int count) {
        connect(port, count);
        onLoop(() -> {
            going = true;
            conversations.forEach(Conversation::ask);
            return true;
        });
    }

    /** Returns when each has been answered once. */
    private void connect(int port, int count) {
        thread = loop.start(body -> new Thread(body, "conversations"));
        while (conversations.size() < count) {
            int number = conversations.size();
            conversations.add(onLoop(() -> connected(port, number)));
            if (conversations.size() % BATCH == 0) {
                Waiting.until(() -> begun.get() == conversations.size());
            }
        }
        Waiting.until(() -> begun.get() == count);
    }

    private Conversation connected(int port, int number) {
        try {
            Conversation conversation = new Conversation(loop.map(), number, this);
            conversation.createSocket();
            conversation.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return conversation;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T onLoop(Supplier<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.execute(() -> result.completeAsync(task, Runnable::run));
        return result.join();
    }

    void awaitAnswers(int more) {
        int enough = answers.get() + more;
        Waiting.until(() -> answers.get() >= enough);
    }

    /** All that they have asked so far must be answered, whatever comes now. */
    void areOwedWhatTheyHaveAsked() {
        onLoop(() -> {
            conversations.forEach(Conversation::isOwedWhatItHasAsked);
            return true;
        });
    }

    void awaitEnd() {
        Waiting.until(() -> ended.get() == conversations.size());
    }

    /** How each of them ended. */
    List<String> outcomes() {
        return onLoop(() -> conversations.stream().map(Conversation::outcome).toList());
    }

    /** Returns whether to ask again. */
    boolean answered(boolean first) {
        answers.incrementAndGet();
        if (first) {
            begun.incrementAndGet();
        }
        return going;
    }

    void ended() {
        ended.incrementAndGet();
    }

    @Override
    public void close() {
        loop.stop();
        Waiting.until(() -> thread == null || !thread.isAlive());
        loop.map().closeAll(true);
    }
}
