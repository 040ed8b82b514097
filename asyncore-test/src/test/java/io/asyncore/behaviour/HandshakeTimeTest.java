package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelOptions;
import io.asyncore.Dispatcher;
import io.asyncore.DispatcherWithSend;
import io.asyncore.LoopListener;
import io.asyncore.test.SimulatedPeer;
import io.asyncore.transport.tls.EngineSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A handshake takes what lies between the decision for TLS and the session: making the engine is a part of it. */
class HandshakeTimeTest {

    private static final Duration MAKING = Duration.ofSeconds(3);
    private static final Duration THINKING = Duration.ofSeconds(2);

    /** Engines that take their time to be made. */
    private record SlowEngines(Simulation run, boolean looksAtHost) implements EngineSource {

        @Override
        public SSLEngine engine(@Nullable String host) {
            run.network.clock().advance(MAKING);
            return TlsKeys.engine(false, "TLSv1.3");
        }

        @Override
        public Executor tasks() {
            return Runnable::run;
        }
    }

    private static final class StartsTls extends DispatcherWithSend {
        @Override
        protected void handleConnect() {
            startTls();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void fromBeforeThereIsAnEngine(boolean looksAtHost) {
        Simulation run = Simulation.calm();
        List<Duration> told = new ArrayList<>();
        run.loop.setSlowCallbackThreshold(Duration.ofHours(1));
        run.loop.addListener(new LoopListener() {
            @Override
            public void onHandshake(Dispatcher channel, long nanos) {
                told.add(Duration.ofNanos(nanos));
            }
        });
        Duration[] begun = {Duration.ZERO};
        run.serve(ChannelOptions.DEFAULTS.withTls(new SlowEngines(run, looksAtHost)), () -> {
            begun[0] = run.now();
            return new StartsTls();
        });
        SimulatedPeer peer = run.connect();
        SecretPeer client = new SecretPeer(peer, "TLSv1.3");
        run.run(THINKING);
        client.work();
        run.runUntil(() -> {
            client.work();
            return !told.isEmpty();
        });
        assertThat(told).containsExactly(run.now().minus(begun[0]));
        assertThat(told.get(0)).isGreaterThanOrEqualTo(MAKING.plus(THINKING));
        run.end();
    }
}
