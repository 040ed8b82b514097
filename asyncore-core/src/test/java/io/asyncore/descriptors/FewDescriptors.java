package io.asyncore.descriptors;

import io.asyncore.Dispatcher;
import io.asyncore.LoopCounters;
import io.asyncore.chat.LineChat;
import io.asyncore.server.Limits;
import io.asyncore.server.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * The program of {@link OutOfDescriptorsTest}: a server that echoes lines, and to {@code turns} says how often its loop
 * has turned, and to {@code call} and a port what comes of a connect. It ends with its standard input.
 */
final class FewDescriptors {

    private FewDescriptors() {}

    private static final class Echo extends LineChat {
        private final LoopCounters counters;

        Echo(LoopCounters counters) {
            this.counters = counters;
        }

        @Override
        protected void handleLine(String line) {
            if (line.startsWith("call ")) {
                call(Integer.parseInt(line.substring("call ".length())));
            } else {
                pushLine(line.equals("turns") ? Long.toString(counters.turns()) : line);
            }
        }

        private void call(int port) {
            try {
                Caller caller = new Caller(this);
                caller.createSocket();
                caller.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (IOException e) {
                pushLine(e.getMessage() + ", " + map().size() + " channels");
            }
        }
    }

    /** Keeps its connection. */
    private static final class Caller extends Dispatcher {
        private final Echo client;

        Caller(Echo client) {
            this.client = client;
        }

        @Override
        protected void handleConnect() {
            client.pushLine("connected");
        }
    }

    public static void main(String[] arguments) throws IOException {
        LoopCounters counters = new LoopCounters();
        try (Server server = Server.builder()
                .address(InetAddress.getLoopbackAddress())
                .handler(() -> new Echo(counters))
                .listener(counters)
                .maxConnections(10_000) // the default would be half of the descriptors there are
                .start()) {
            System.out.println("by default " + Limits.DEFAULTS.connections() + " connections");
            System.out.println("process " + ProcessHandle.current().pid() + " listens on port " + server.port());
            while (System.in.read() >= 0) {
                // nobody says anything
            }
        }
    }
}
