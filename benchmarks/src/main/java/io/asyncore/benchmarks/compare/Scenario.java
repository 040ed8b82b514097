package io.asyncore.benchmarks.compare;

import io.asyncore.benchmarks.load.Load;
import io.asyncore.benchmarks.servers.Protocol;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the servers are compared in, in the order in which it is measured. */
enum Scenario {
    /** First, so that nothing is left of earlier connections. */
    MEMORY("live heap per idle connection", new Load(Protocol.ECHO, 1, 64, 1)),
    ECHO("echo 64 B, depth 1", new Load(Protocol.ECHO, 64, 64, 1)),
    PIPELINED("echo 64 B, depth 16", new Load(Protocol.ECHO, 64, 64, 16)),
    LARGE("echo 16 KiB, depth 4", new Load(Protocol.ECHO, 16, 16 * 1024, 4)),
    CHURN("connect, echo 64 B, close", new Load(Protocol.ECHO, 16, 64, 1)),
    ALONE("16 connections, none idle", new Load(Protocol.ECHO, 16, 64, 1)),
    CROWD("16 connections among idle ones", new Load(Protocol.ECHO, 16, 64, 1)),
    LINES("lines of 32 B, depth 16", new Load(Protocol.LINE, 64, 32, 16)),
    FRAMES("length-prefixed frames of 64 B, depth 16", new Load(Protocol.PREFIXED, 64, 64, 16)),
    /** A connection alone, where all of the time is waking up. */
    PING("1 connection, echo 64 B", new Load(Protocol.ECHO, 1, 64, 1)),
    /** A message is counted once for each who has heard it. */
    GROUP("100 B to 1,000 connections", new Load(Protocol.BROADCAST, 1000, 100, 1));

    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // a record of numbers
    private final Load load;

    Scenario(String title, Load load) {
        this.title = title;
        this.load = load;
    }

    static Scenario named(String name) {
        for (Scenario scenario : values()) {
            if (scenario.toString().equals(name)) {
                return scenario;
            }
        }
        String all = Arrays.stream(values()).map(Scenario::toString).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("no such scenario: " + name + "; there are " + all);
    }

    String title() {
        return title;
    }

    Load load() {
        return load;
    }

    Protocol protocol() {
        return load.protocol();
    }

    /** False where the figure is bytes, and less is better. */
    boolean isRate() {
        return this != MEMORY;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
