package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Ends that are easy to get wrong. */
class ClosingTest {

    static final class Pausing extends DispatcherWithSend {
        Pausing(ChannelMap map) {
            super(map);
        }

        void pauseAndClose() {
            pauseReading();
            closeWhenDone();
        }
    }

    @Test
    void closeWhenDoneDiscardsInputBehindAClosedGateAndDoesNotSpin() throws Exception {
        try (Connection<Pausing> connection = new Connection<>(new ChannelMap(), Pausing::new)) {
            LoopCounters counters = new LoopCounters();
            connection.map.loop().addListener(counters);
            connection.peer.getOutputStream().write("still talking".getBytes(StandardCharsets.UTF_8));
            connection.channel.pauseAndClose();
            connection.pollUntil(() -> counters.bytesIn() > 0);
            assertThat(counters.turns()).isLessThan(20);
            connection.peer.close();
            connection.pollUntil(connection.channel::isClosed);
            assertThat(connection.channel.closeReason()).isEqualTo(CloseReason.LOCAL);
        }
    }

    /** The peer has read some of it, and must not take that for all. */
    @Test
    void outputAboveItsLimitEndsWithAReset() throws Exception {
        try (Connection<DispatcherWithSend> connection = new Connection<>(new ChannelMap(), DispatcherWithSend::new)) {
            connection.channel.setOptions(ChannelOptions.DEFAULTS.withWaterMarks(1, 2, 3));
            connection.channel.callLater(Duration.ZERO, () -> {
                connection.channel.send(new byte[20_000_000]);
                connection.channel.send(new byte[1]);
            });
            connection.pollUntil(connection.channel::isClosed);
            assertThat(connection.channel.closeReason()).isEqualTo(CloseReason.OVERFLOW);
            assertThatThrownBy(() -> connection.peer.getInputStream().readAllBytes())
                    .isInstanceOf(SocketException.class);
        }
    }

    static final class Stubborn extends Dispatcher {
        static int made;

        Stubborn(ChannelMap map) {
            super(map);
            made++;
        }

        @Override
        protected void handleClose() throws Exception {
            Stubborn next = new Stubborn(map());
            next.createSocket();
        }
    }

    @Test
    void aStoppedLoopClosesWhatHandlersMakeWhileItStops() throws Exception {
        RunningLoop running = new RunningLoop();
        running.call(() -> {
            new Stubborn(running.loop.map()).createSocket();
            return null;
        });
        running.close();
        assertThat(Stubborn.made).isGreaterThan(1);
        assertThat(running.loop.map().isEmpty()).isTrue();
    }

    static final class Unclosable extends Dispatcher {
        Unclosable(ChannelMap map) {
            super(map);
        }

        @Override
        public void close() {
            throw new AssertionError("expected by the test");
        }
    }

    @Test
    void closeAllThatIgnoresSurvivesErrorsAndClosesTheChannelAllTheSame() throws Exception {
        ChannelMap map = new ChannelMap();
        Unclosable first = new Unclosable(map);
        first.createSocket();
        Dispatcher second = new Dispatcher(map);
        second.createSocket();
        assertThatThrownBy(() -> map.closeAll(false)).hasMessage("expected by the test");
        assertThat(first.isClosed()).isFalse();
        map.closeAll(true);
        assertThat(first.isClosed()).isTrue();
        assertThat(second.isClosed()).isTrue();
        assertThat(map.isEmpty()).isTrue();
    }

    @Test
    void stopEndsANestedRunAndTheOuterOneToo() throws Exception {
        try (Connection<DispatcherWithSend> connection = new Connection<>(new ChannelMap(), DispatcherWithSend::new)) {
            EventLoop loop = connection.map.loop();
            loop.callLater(Duration.ofMillis(1), () -> {
                loop.callLater(Duration.ofMillis(1), loop::stop);
                loop.run();
            });
            loop.run();
            assertThat(connection.channel.isConnected()).isTrue();
        }
    }
}
