package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelOptions;
import io.asyncore.CloseReason;
import io.asyncore.test.NetworkConditions;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedListener;
import io.asyncore.test.SimulatedPeer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The documented proxy: two channels back to back, between whose peers it makes no difference that it is there. */
class ProxyTest {

    private static final InetSocketAddress TARGET = new InetSocketAddress("10.0.0.2", 80);
    private static final ChannelOptions SMALL = ChannelOptions.DEFAULTS.withWaterMarks(20, 50, 1_000_000);

    private static Proxy quiet() {
        Proxy proxy = new Proxy(TARGET);
        proxy.setIgnoreLogTypes(Set.of("error", "warning"));
        return proxy;
    }

    private static SimulatedPeer accepted(Simulation run, SimulatedListener listener) {
        SimulatedPeer[] peer = new SimulatedPeer[1];
        run.runUntil(() -> {
            peer[0] = listener.accept();
            return peer[0] != null;
        });
        return peer[0];
    }

    /** Both ways, each with its own end, whatever the network and the readers are like. */
    @Test
    void everythingArrivesAndBothEnds() {
        Seeds.play(300, seed -> {
            Simulation run = Simulation.any(seed);
            SimulatedListener listener = run.network.listen(TARGET);
            run.serve(run.random.nextBoolean() ? SMALL : ChannelOptions.DEFAULTS, ProxyTest::quiet);
            SimulatedPeer client = run.connect();
            SimulatedPeer server = accepted(run, listener);
            byte[] there = run.randomBytes(run.random.nextInt(300));
            byte[] back = run.randomBytes(run.random.nextInt(300));
            client.send(there);
            run.run(run.randomTime(Duration.ofMillis(100)));
            server.send(back);
            for (SimulatedPeer peer : List.of(client, server)) {
                run.network.after(run.randomTime(Duration.ofSeconds(2)), peer::stall);
                run.network.after(run.randomTime(Duration.ofSeconds(2)).plusSeconds(2), peer::resume);
                run.network.after(run.randomTime(Duration.ofSeconds(5)), peer::shutdownOutput);
            }
            run.runUntil(() -> client.hasEnded() && server.hasEnded());
            assertThat(server.received()).isEqualTo(there);
            assertThat(client.received()).isEqualTo(back);
            assertThat(client.isReset() || server.isReset()).isFalse();
            run.runUntil(() -> run.map.size() == 1);
            run.end();
        });
    }

    /** A question, its end, and only then the answer. */
    @Test
    void halfClose() {
        Simulation run = Simulation.calm();
        SimulatedListener listener = listen(run);
        run.serve(ProxyTest::quiet);
        SimulatedPeer client = run.connect();
        SimulatedPeer server = accepted(run, listener);
        client.send("question");
        client.shutdownOutput();
        run.runUntil(server::hasEnded);
        assertThat(client.hasEnded()).isFalse();
        server.send("answer");
        run.run(Duration.ofSeconds(1));
        assertThat(client.receivedText()).isEqualTo("answer");
        assertThat(client.hasEnded()).isFalse();
        server.close();
        run.runUntil(client::hasEnded);
        run.runUntil(() -> run.map.size() == 1);
        run.end();
    }

    private static SimulatedListener listen(Simulation run) {
        try {
            return run.network.listen(TARGET);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Who sends to somebody that does not read has to wait: the proxy keeps little more than the mark. */
    @Test
    void aReaderThatStalls() {
        Seeds.play(300, seed -> {
            Simulation run = new Simulation(
                    seed, NetworkConditions.random(seed).withWindow(30).withMaxLatency(Duration.ZERO));
            SimulatedListener listener = run.network.listen(TARGET);
            run.serve(SMALL, ProxyTest::quiet);
            SimulatedPeer client = run.connect();
            SimulatedPeer server = accepted(run, listener);
            SimulatedPeer slow = run.random.nextBoolean() ? client : server;
            SimulatedPeer eager = slow == client ? server : client;
            slow.stall();
            byte[] data = run.randomBytes(1_000);
            eager.send(data);
            for (int i = 0; i < 20; i++) {
                run.run(Duration.ofMillis(100));
                run.map.channels().forEach(channel -> {
                    if (channel instanceof Proxy side) {
                        assertThat(side.outBufferSize())
                                .as("at most the mark and one read")
                                .isLessThanOrEqualTo(50 + 30);
                    }
                });
            }
            slow.resume();
            run.runUntil(() -> slow.receivedCount() == data.length);
            assertThat(slow.received()).isEqualTo(data);
            run.end();
        });
    }

    @Test
    void aResetIsPassedOn() {
        for (boolean byTheClient : List.of(true, false)) {
            Simulation run = Simulation.calm();
            SimulatedListener listener = listen(run);
            run.serve(ProxyTest::quiet);
            SimulatedPeer client = run.connect();
            SimulatedPeer server = accepted(run, listener);
            run.run(Duration.ofSeconds(1));
            (byTheClient ? client : server).reset();
            run.runUntil(() -> run.map.size() == 1);
            run.run(Duration.ofSeconds(1));
            assertThat((byTheClient ? server : client).isReset()).isTrue();
            run.end();
        }
    }

    @Test
    void aTargetThatIsNotThere() {
        Simulation run = Simulation.calm();
        Proxy proxy = quiet();
        run.serve(() -> proxy);
        SimulatedPeer client = run.network.connect(Simulation.PLACE);
        client.send("anybody there?");
        run.runUntil(client::hasEnded);
        client.shutdownOutput();
        run.runUntil(() -> run.map.size() == 1);
        assertThat(proxy.closeReason()).isEqualTo(CloseReason.LOCAL);
        run.end();
    }

    /** The page shows what is tested here. */
    @Test
    void thePageShowsThisProxy() throws Exception {
        Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        String tested =
                Files.readString(module.resolve("../asyncore-test/src/test/java/io/asyncore/behaviour/Proxy.java"));
        String page = Files.readString(module.resolve("../docs/examples.md"));
        assertThat(withoutSpace(page))
                .contains(withoutSpace("// Proxy.java\n" + tested.substring(tested.indexOf("import "))));
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s+", "");
    }
}
