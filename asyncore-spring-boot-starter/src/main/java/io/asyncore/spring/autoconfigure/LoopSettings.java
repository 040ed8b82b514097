package io.asyncore.spring.autoconfigure;

import io.asyncore.server.Server;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The keys under {@code asyncore.loop} as the options of a {@link Server}.
 *
 * @param keys the keys
 * @param server the server's name
 * @param loops how many loops it has
 */
record LoopSettings(AsyncoreProperties.Loop keys, String server, int loops) {

    void applyTo(Server.Builder builder) {
        builder.loopTimeout(keys.timeout())
                .slowCallback(keys.slowCallback())
                .busyPoll(keys.busyPoll())
                .threadFactory(threads());
    }

    /** The program lives as long as its servers do, so the threads are no daemons, whoever starts them. */
    private ThreadFactory threads() {
        AtomicInteger made = new AtomicInteger();
        return body -> {
            int number = made.incrementAndGet();
            String name = keys.threadNamePrefix() + server;
            Thread thread = new Thread(body, loops > 1 ? name + "-" + number : name);
            thread.setDaemon(false);
            return thread;
        };
    }
}
