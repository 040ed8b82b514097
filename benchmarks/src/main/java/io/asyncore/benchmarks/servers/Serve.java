package io.asyncore.benchmarks.servers;

import io.asyncore.EventLoop;
import io.asyncore.server.Server;
import java.time.Duration;
import java.util.List;

/** {@code serve PROTOCOL PORT}: our server alone, for whatever load generator one likes; until it is killed. */
public final class Serve {

    /** How it is called. */
    public static final String USAGE = "serve <echo|line|frames|prefixed|broadcast> <port> [--loops <n>]"
            + " [--busy-poll <microseconds>] [--timers <n>]; or serve spring <protocol> <port>";

    private static final Duration LATER = Duration.ofHours(1);

    private final Server.Builder server;
    private int timers;

    private Serve(Protocol protocol, int port) {
        server = AsyncoreServer.describe(protocol, port);
    }

    /** Serves until the process is ended. */
    public static void run(List<String> arguments) throws Exception {
        if (arguments.size() == 3 && arguments.get(0).equals("spring")) {
            SpringServer.start(Protocol.named(arguments.get(1)), Integer.parseInt(arguments.get(2)));
        } else {
            start(arguments).join();
        }
    }

    static Server start(List<String> arguments) throws Exception {
        if (arguments.size() < 2 || arguments.size() % 2 != 0) {
            throw wrong();
        }
        Serve serve = new Serve(Protocol.named(arguments.get(0)), Integer.parseInt(arguments.get(1)));
        for (int i = 2; i < arguments.size(); i += 2) {
            serve.set(arguments.get(i), Integer.parseInt(arguments.get(i + 1)));
        }
        return serve.start();
    }

    private static IllegalArgumentException wrong() {
        return new IllegalArgumentException("expected: " + USAGE);
    }

    private void set(String option, int value) {
        switch (option) {
            case "--loops" -> server.loops(value);
            case "--busy-poll" -> server.busyPoll(Duration.ofNanos(value * 1000L));
            case "--timers" -> timers = value;
            default -> throw wrong();
        }
    }

    private Server start() throws Exception {
        Server started = server.start();
        for (EventLoop loop : started.loops()) {
            loop.execute(() -> arm(loop));
        }
        return started;
    }

    /** Timers that are due at different times, and none of them soon. */
    private void arm(EventLoop loop) {
        for (int i = 0; i < timers; i++) {
            loop.callLater(LATER.plusMillis(i), () -> {});
        }
    }
}
