package io.asyncore.benchmarks.servers;

import io.asyncore.server.Server;
import java.util.List;

/** {@code serve PROTOCOL PORT}: our server alone, for whatever load generator one likes; until it is killed. */
public final class Serve {

    /** How it is called. */
    public static final String USAGE = "serve <echo|line|frames|prefixed> <port> [--loops <n>]";

    private Serve() {}

    /** Serves until the process is ended. */
    public static void run(List<String> arguments) throws Exception {
        describe(arguments).start().join();
    }

    static Server.Builder describe(List<String> arguments) {
        boolean loops = arguments.size() == 4 && arguments.get(2).equals("--loops");
        if (arguments.size() != 2 && !loops) {
            throw new IllegalArgumentException("expected: " + USAGE);
        }
        Server.Builder server =
                AsyncoreServer.describe(Protocol.named(arguments.get(0)), Integer.parseInt(arguments.get(1)));
        return loops ? server.loops(Integer.parseInt(arguments.get(3))) : server;
    }
}
