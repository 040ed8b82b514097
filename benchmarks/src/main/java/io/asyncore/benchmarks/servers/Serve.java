package io.asyncore.benchmarks.servers;

import java.util.List;

/** {@code serve PROTOCOL PORT}: our server alone, for whatever load generator one likes; until it is killed. */
public final class Serve {

    /** How it is called. */
    public static final String USAGE = "serve <echo|line|frames|prefixed> <port>";

    private Serve() {}

    /** Serves until the process is ended. */
    public static void run(List<String> arguments) throws Exception {
        if (arguments.size() != 2) {
            throw new IllegalArgumentException("expected: " + USAGE);
        }
        Protocol protocol = Protocol.named(arguments.get(0));
        int port = Integer.parseInt(arguments.get(1));
        AsyncoreServer.describe(protocol, port).start().join();
    }
}
