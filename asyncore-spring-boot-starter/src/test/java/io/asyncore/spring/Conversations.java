package io.asyncore.spring;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Many clients of an echo server, each with a question under way, until the server ends them. */
final class Conversations implements AutoCloseable {

    private static final int THREADS = 8;
    private static final String FILLER = "x".repeat(3000);

    private final List<LineClient> clients = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final Queue<String> truncated = new ConcurrentLinkedQueue<>();

    Conversations(int port, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            LineClient client = new LineClient(port);
            clients.add(client);
            client.read();
        }
        for (int i = 0; i < THREADS; i++) {
            List<LineClient> part = clients.subList(i * count / THREADS, (i + 1) * count / THREADS);
            Thread thread = new Thread(() -> converse(part), "conversations-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    /** Asks all of them and then hears all of them, over and over. */
    private void converse(List<LineClient> part) {
        List<LineClient> left = new ArrayList<>(part);
        for (int round = 0; !left.isEmpty(); round++) {
            String question = round + FILLER;
            left.removeIf(client -> !asks(client, question));
            left.removeIf(client -> !hears(client, question));
        }
    }

    private static boolean asks(LineClient client, String question) {
        try {
            client.send(question);
            return true;
        } catch (IOException ended) {
            return false;
        }
    }

    private boolean hears(LineClient client, String question) {
        String answer = answer(client);
        if (answer == null) {
            return false;
        }
        answers.incrementAndGet();
        if (!answer.equals(question)) {
            truncated.add(answer);
        }
        return true;
    }

    private static @Nullable String answer(LineClient client) {
        try {
            return client.read();
        } catch (IOException ended) {
            return null;
        }
    }

    void awaitAnswers(int count) {
        Contexts.await(() -> answers.get() >= count);
    }

    void awaitEnd() {
        Contexts.await(() -> threads.stream().noneMatch(Thread::isAlive));
    }

    List<String> truncated() {
        return List.copyOf(truncated);
    }

    @Override
    public void close() throws IOException {
        for (LineClient client : clients) {
            client.close();
        }
    }
}
