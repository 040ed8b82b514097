package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelMap;
import io.asyncore.ChannelOptions;
import io.asyncore.CloseReason;
import io.asyncore.Dispatcher;
import io.asyncore.EventLoop;
import io.asyncore.LoopListener;
import io.asyncore.SocketType;
import io.asyncore.behaviour.Life.Call;
import io.asyncore.test.Seeds;
import java.net.StandardProtocolFamily;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** A channel may change its loop while it shakes hands, while the engine's tasks are under way, and afterwards. */
class TlsMovingTest {

    private final List<Dispatcher> handshakes = new ArrayList<>();

    private void listen(EventLoop loop) {
        loop.addListener(new LoopListener() {
            @Override
            public void onHandshake(Dispatcher channel, long nanos) {
                assertThat(nanos).isNotNegative();
                assertThat(channel.map().loop()).isSameAs(loop);
                handshakes.add(channel);
            }
        });
    }

    /** Tasks run when chance wants it: often after the channel has moved on. */
    @Test
    void betweenTwoLoopsAtAnyTime() {
        Seeds.play(40, seed -> {
            Simulation run = Simulation.any(seed);
            EventLoop second = new EventLoop(new ChannelMap(), run.network.provider(), run.network.clock());
            List<EventLoop> loops = List.of(run.loop, second);
            handshakes.clear();
            loops.forEach(this::listen);
            String protocol = run.random.nextBoolean() ? "TLSv1.2" : "TLSv1.3";
            Queue<Runnable> tasks = new ArrayDeque<>();
            ChannelOptions patient = ChannelOptions.DEFAULTS.withHandshakeTimeout(Duration.ofHours(1));
            SecretEcho echo = new SecretEcho(protocol, tasks::add);
            run.serve(patient, () -> echo);
            Secret client = new Secret(true, protocol);
            client.addChannel(run.map);
            client.setOptions(patient);
            client.createSocket(StandardProtocolFamily.INET, SocketType.STREAM);
            client.connect(Simulation.PLACE);
            byte[] said = run.randomBytes(run.random.nextInt(300));
            boolean sent = false;
            for (int i = 0; !echo.isClosed() || !client.isClosed(); i++) {
                assertThat(i).as("turns").isLessThan(400_000);
                if (client.isConnected() && !sent) {
                    sent = true;
                    client.send(said);
                }
                if (client.established && client.life.receivedCount() == said.length) {
                    client.closeWhenDone();
                }
                if (run.random.nextInt(10) == 0 && echo.isConnected()) {
                    echo.delChannel();
                    runSome(run, tasks);
                    echo.addChannel(loops.get(run.random.nextInt(2)).map());
                }
                runSome(run, tasks);
                loops.get(i % 2).poll(Duration.ofNanos(run.random.nextInt(20_000_000)));
            }
            assertThat(echo.life.received()).isEqualTo(said);
            assertThat(client.life.received()).isEqualTo(said);
            assertThat(echo.life.chapters()).startsWith(Call.CONNECT).endsWith(Call.CLOSE);
            assertThat(echo.closeReason())
                    .as("the client waits a second for our end, not for loops that are turned too seldom")
                    .isIn(CloseReason.LOCAL, CloseReason.RESET);
            assertThat(handshakes).containsExactlyInAnyOrder(echo, client);
            run.network.run(second, Duration.ofSeconds(1));
            assertThat(second.map().isEmpty()).isTrue();
            run.end();
        });
    }

    private static void runSome(Simulation run, Queue<Runnable> tasks) {
        Runnable task = run.random.nextInt(4) == 0 ? tasks.poll() : null;
        if (task != null) {
            task.run();
        }
    }

    /** Its time goes on in the other loop. */
    @Test
    void aHandshakeThatTakesTooLong() {
        Simulation run = Simulation.calm();
        EventLoop second = new EventLoop(new ChannelMap(), run.network.provider(), run.network.clock());
        Secret waiting = new Secret(false, "TLSv1.3");
        run.serve(() -> waiting);
        run.connect();
        waiting.delChannel();
        waiting.addChannel(second.map());
        Duration moved = run.now();
        run.network.runUntil(second, waiting::isClosed);
        assertThat(run.now().minus(moved)).isLessThanOrEqualTo(ChannelOptions.DEFAULTS.handshakeTimeout());
        assertThat(waiting.closeReason()).isEqualTo(CloseReason.HANDSHAKE_TIMEOUT);
        run.end();
    }
}
