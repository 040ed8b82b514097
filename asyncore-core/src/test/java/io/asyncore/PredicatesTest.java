package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code readable()} and {@code writable()} are the user's code, too. */
class PredicatesTest {

    private final List<String> seen = new ArrayList<>();

    private final LoopListener listener = new LoopListener() {
        @Override
        public void onClosed(Dispatcher channel, CloseReason reason) {
            seen.add("closed " + reason);
        }
    };

    abstract class Asked extends Dispatcher {
        Asked(ChannelMap map) {
            super(map);
        }

        @Override
        protected void handleError(Throwable error) {
            seen.add("error " + error.getMessage());
            end(CloseReason.ERROR);
        }

        @Override
        protected void handleClose() {
            seen.add("handleClose");
        }
    }

    class Throwing extends Asked {
        Throwing(ChannelMap map) {
            super(map);
        }

        @Override
        protected boolean readable() {
            throw new IllegalStateException("spam");
        }
    }

    class Closing extends Asked {
        Closing(ChannelMap map) {
            super(map);
        }

        @Override
        protected boolean readable() {
            close();
            return true;
        }
    }

    private void serve(java.util.function.Function<ChannelMap, Asked> make) throws Exception {
        ChannelMap map = new ChannelMap();
        map.loop().addListener(listener);
        try (Connection<Asked> connection = new Connection<>(map, make)) {
            connection.pollUntil(connection.channel::isClosed);
            Asyncore.poll(Duration.ZERO, map);
            assertThat(connection.peer.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void onesThatThrowCostTheirChannel() throws Exception {
        serve(Throwing::new);
        assertThat(seen).containsExactly("error spam", "handleClose", "closed ERROR");
    }

    @Test
    void onesThatCloseTheChannelAreTheEndOfIt() throws Exception {
        serve(Closing::new);
        assertThat(seen).containsExactly("closed LOCAL");
    }

    @Test
    void whatChangesWhileOthersAreAskedIsSeenBeforeTheLoopWaits() throws Exception {
        ChannelMap map = new ChannelMap();
        try (Connection<MovingChannelsTest.Counting> paused = new Connection<>(map, MovingChannelsTest.Counting::new)) {
            paused.channel.pauseReading();
            paused.peer.getOutputStream().write(1);
            boolean[] resume = {false};
            Dispatcher asking = new Dispatcher(map) {
                @Override
                protected boolean readable() {
                    if (resume[0]) {
                        resume[0] = false;
                        paused.channel.resumeReading();
                    }
                    return true;
                }
            };
            try (Connection<Dispatcher> other = new Connection<>(map, ignored -> asking)) {
                assertThat(paused.channel.reads).isZero();
                resume[0] = true;
                long start = System.nanoTime();
                other.map.loop().poll(Connection.PATIENCE);
                assertThat(paused.channel.reads).isEqualTo(1);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Connection.PATIENCE);
            }
        }
    }
}
