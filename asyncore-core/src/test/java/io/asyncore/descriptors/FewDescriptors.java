package io.asyncore.descriptors;

import io.asyncore.LoopCounters;
import io.asyncore.chat.LineChat;
import io.asyncore.server.Limits;
import io.asyncore.server.Server;
import java.io.IOException;
import java.net.InetAddress;

/**
 * The program of {@link OutOfDescriptorsTest}: a server that echoes lines, and to {@code turns} says how often its loop
 * has turned. It ends with its standard input.
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
            pushLine(line.equals("turns") ? Long.toString(counters.turns()) : line);
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
