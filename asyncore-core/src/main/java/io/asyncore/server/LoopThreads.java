package io.asyncore.server;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the threads of a server's loops, named after the server. Not daemons, whatever thread starts the server: the
 * program lives as long as its server does. Any thread.
 */
final class LoopThreads implements ThreadFactory {

    private final String name;
    private final boolean numbered;
    private final AtomicInteger made = new AtomicInteger();

    LoopThreads(String server, int loops) {
        name = "asyncore-" + server;
        numbered = loops > 1;
    }

    @Override
    public Thread newThread(Runnable body) {
        int number = made.incrementAndGet();
        Thread thread = new Thread(body, numbered ? name + "-" + number : name);
        thread.setDaemon(false);
        return thread;
    }
}
