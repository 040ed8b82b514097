package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelOptions;
import io.asyncore.CloseReason;
import io.asyncore.MemoryBudget;
import io.asyncore.test.NetworkConditions;
import io.asyncore.test.SimulatedPeer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What TLS sessions keep counts like everything else that channels keep. */
class TlsMemoryTest {

    private final MemoryBudget budget = MemoryBudget.of(50_000);
    private final List<SecretEcho> served = new ArrayList<>();

    private Simulation simulation(int window, String protocol) {
        Simulation run = new Simulation(1, NetworkConditions.CALM.withWindow(window));
        run.loop.setMemoryBudget(budget);
        run.serve(ChannelOptions.DEFAULTS, () -> {
            served.add(new SecretEcho(protocol));
            return served.get(served.size() - 1);
        });
        return run;
    }

    private SecretPeer connect(Simulation run, String protocol) {
        SecretPeer client = new SecretPeer(run.connect(), protocol);
        SecretEcho echo = served.get(served.size() - 1);
        run.runUntil(() -> {
            client.work();
            return echo.established && client.isEstablished() && client.peer.unsent() == 0;
        });
        run.runUntil(() -> echo.socket().pendingOutput() == 0);
        return client;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void anIdleSessionKeepsNothing(String protocol) {
        Simulation run = simulation(64 * 1024, protocol);
        for (int i = 0; i < 3; i++) {
            SecretPeer client = connect(run, protocol);
            byte[] said = run.randomBytes(10_000);
            client.peer.send(client.record(said));
            run.runUntil(() -> client.heard().length == said.length);
        }
        run.turn();
        assertThat(budget.used()).isZero();
        run.end();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void halfRecords(String protocol) {
        Simulation run = simulation(64 * 1024, protocol);
        for (int i = 0; i < 6; i++) {
            SecretPeer client = connect(run, protocol);
            byte[] record = client.record(new byte[12_000]);
            client.peer.send(Arrays.copyOf(record, 10_000));
            run.turn();
            run.turn();
            assertThat(budget.used()).isEqualTo(Math.min(i + 1, 5) * 10_000);
        }
        assertThat(served.stream().filter(each -> each.closeReason() == CloseReason.OVERFLOW))
                .hasSize(1);
        run.map.closeAll(true);
        run.turn();
        assertThat(budget.used()).isZero();
        run.end();
    }

    @Test
    void halfHandshakes() {
        Simulation run = simulation(64 * 1024, "TLSv1.3");
        for (int i = 0; i < 6; i++) {
            SimulatedPeer peer = run.connect();
            byte[] hello = new byte[10_000];
            System.arraycopy(new byte[] {22, 3, 1, 0x40, 0}, 0, hello, 0, 5);
            peer.send(hello);
            run.turn();
            run.turn();
            assertThat(budget.used()).isEqualTo(Math.min(i + 1, 5) * 10_000);
        }
        assertThat(served.stream().filter(each -> each.closeReason() == CloseReason.OVERFLOW))
                .hasSize(1);
        run.end();
    }

    /** The queue is empty, as the session has encrypted all of it, and nothing was sent. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void recordsThatNobodyTakes(String protocol) {
        Simulation run = simulation(100, protocol);
        for (int i = 0; i < 5; i++) {
            SecretPeer client = connect(run, protocol);
            client.peer.stall();
            SecretEcho echo = served.get(i);
            run.inCallback(echo, () -> echo.send(new byte[12_000]));
            run.turn();
            int records = Math.min(i + 1, 4);
            assertThat(budget.used()).isBetween(records * 11_900L, records * 12_200L);
            assertThat(echo.outBufferSize()).isZero();
            assertThat(run.loop.pendingOutput()).isEqualTo(budget.used());
        }
        assertThat(served.stream().filter(each -> each.closeReason() == CloseReason.OVERFLOW))
                .hasSize(1);
        run.map.closeAll(true);
        run.turn();
        assertThat(budget.used()).isZero();
        run.end();
    }
}
