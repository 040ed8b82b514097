package io.asyncore.test;

import static io.asyncore.transport.Transport.READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncore.transport.Poller;
import io.asyncore.transport.ReadySink;
import io.asyncore.transport.Registration;
import io.asyncore.transport.TransportProvider;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Time on the simulated network: nobody waits. */
class SimulatedPollerTest {

    private static final ReadySink IGNORE = (channel, ops) -> {};

    private static final NetworkConditions SLOW = NetworkConditions.CALM.withMaxLatency(Duration.ofSeconds(10));

    @Test
    void movesTheClockToTheNextEvent() throws IOException {
        Wire wire = new Wire(1, NetworkConditions.CALM);
        Duration begun = wire.network.clock().elapsed();
        wire.network.after(Duration.ofSeconds(3), () -> wire.peer.send("x"));
        assertThat(wire.poll(wire.transport, READ, Duration.ofSeconds(10))).isEqualTo(READ);
        assertThat(wire.network.clock().elapsed().minus(begun)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void movesTheClockByTheTimeoutWhenNothingHappensBefore() throws IOException {
        Wire wire = new Wire(1, NetworkConditions.CALM);
        Duration begun = wire.network.clock().elapsed();
        wire.network.after(Duration.ofSeconds(3), () -> wire.peer.send("x"));
        assertThat(wire.poll(wire.transport, READ, Duration.ofSeconds(2))).isZero();
        assertThat(wire.network.clock().elapsed().minus(begun)).isEqualTo(Duration.ofSeconds(2));
        assertThat(wire.poll(wire.transport, READ, Duration.ZERO)).isZero();
        assertThat(wire.network.clock().elapsed().minus(begun)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void latencyDelaysEverything() throws IOException {
        Set<Duration> delays = new HashSet<>();
        for (long seed = 0; seed < 20; seed++) {
            Wire wire = new Wire(seed, NetworkConditions.CALM);
            wire.network.setConditions(SLOW);
            Duration begun = wire.network.clock().elapsed();
            wire.peer.send("x");
            assertThat(wire.poll(wire.transport, READ, Duration.ofSeconds(10))).isEqualTo(READ);
            delays.add(wire.network.clock().elapsed().minus(begun));
        }
        assertThat(delays).hasSizeGreaterThan(15).allMatch(delay -> delay.toSeconds() < 10);
    }

    @Test
    void aWakeUpEndsTheWaitOnce() throws IOException {
        SimulatedNetwork network = new SimulatedNetwork(1);
        try (Poller poller = network.provider().openPoller()) {
            poller.wakeup();
            poller.poll(Duration.ofSeconds(5).toNanos(), IGNORE);
            assertThat(network.clock().elapsed()).isZero();
            poller.poll(Duration.ofSeconds(5).toNanos(), IGNORE);
            assertThat(network.clock().elapsed()).isEqualTo(Duration.ofSeconds(5));
        }
    }

    @Test
    void waitingForEverForNothingIsAnError() throws IOException {
        SimulatedNetwork network = new SimulatedNetwork(1);
        try (Poller poller = network.provider().openPoller()) {
            assertThatThrownBy(() -> poller.poll(-1, IGNORE)).hasMessageContaining("waits for ever");
        }
    }

    @Test
    void aLoopThatSpinsIsFoundOut() throws IOException {
        Wire wire = new Wire(1, NetworkConditions.CALM);
        wire.peer.send("nobody reads this");
        try (Poller poller = wire.network.provider().openPoller()) {
            wire.transport.register(poller, "the lazy one").interest(READ);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 20_000; i++) {
                            poller.poll(0, IGNORE);
                        }
                    })
                    .hasMessageContaining("the loop spins")
                    .hasMessageContaining("the lazy one");
        }
    }

    @Test
    void aCancelledWatchIsSilent() throws IOException {
        Wire wire = new Wire(1, NetworkConditions.CALM);
        wire.peer.send("x");
        int[] found = {0};
        try (Poller poller = wire.network.provider().openPoller()) {
            Registration watch = wire.transport.register(poller, "channel");
            poller.poll(0, (channel, ops) -> found[0]++);
            assertThat(found[0]).as("without interest").isZero();
            watch.interest(READ);
            assertThatThrownBy(() -> wire.transport.register(poller, "again")).hasMessageContaining("already");
            poller.poll(0, (channel, ops) -> found[0]++);
            assertThat(found[0]).isOne();
            watch.cancel();
            poller.poll(0, (channel, ops) -> found[0]++);
            assertThat(found[0]).isOne();
        }
    }

    /** As with NIO, an address is free when the poller has let go of the closed socket. */
    @Test
    void closesAreCompletedByThePoller() throws IOException {
        Wire wire = new Wire(1, NetworkConditions.CALM);
        TransportProvider provider = wire.network.provider();
        try (Poller poller = provider.openPoller()) {
            wire.listener.register(poller, "listener");
            wire.listener.close();
            assertThatThrownBy(() ->
                            provider.openStream(StandardProtocolFamily.INET).bind(Wire.PLACE))
                    .hasMessageContaining("in use");
            poller.completeCloses();
            provider.openStream(StandardProtocolFamily.INET).bind(Wire.PLACE);
        }
    }

    /** A fickle one says that something is ready which is not, and comes back for nothing; but it finds what is there. */
    @Test
    void fickleness() throws IOException {
        int[] hints = {0};
        int found = 0;
        int early = 0;
        for (long seed = 0; seed < 500; seed++) {
            Wire wire = new Wire(seed, NetworkConditions.CALM.withFickle(true));
            try (Poller poller = wire.network.provider().openPoller()) {
                wire.transport.register(poller, "transport").interest(READ);
                wire.listener.register(poller, "listener").interest(READ);
                wire.network.connect(Wire.PLACE);
                wire.network.after(Duration.ofSeconds(1), () -> wire.peer.send("x"));
                Duration begun = wire.network.clock().elapsed();
                poller.poll(
                        Duration.ofSeconds(2).toNanos(),
                        (channel, ops) -> hints[0] += channel.equals("transport") ? 1 : 0);
                assertThat(wire.listener.accept()).isNotNull();
                poller.poll(Duration.ofSeconds(2).toNanos(), IGNORE);
                if (wire.network.clock().elapsed().equals(begun)) {
                    early++;
                } else {
                    found += wire.transport.read(ByteBuffer.allocate(1));
                }
            }
        }
        assertThat(hints[0]).as("false hints").isBetween(1, 100);
        assertThat(early).as("early returns").isBetween(1, 100);
        assertThat(found + early).isEqualTo(500);
    }
}
