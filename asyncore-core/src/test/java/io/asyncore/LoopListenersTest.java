package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.server.ServerListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is told of what. */
class LoopListenersTest {

    @Test
    void whoWouldDoNothingWithEventsIsNotToldOfThem() {
        assertThat(LoopListeners.isForEvents(Mourner.class)).isFalse();
        assertThat(LoopListeners.isForEvents(Doorman.class)).isFalse();
        assertThat(LoopListeners.isForEvents(LoopCounters.class)).isTrue();
        assertThat(LoopListeners.isForEvents(Clerk.class)).isTrue();
        assertThat(LoopListeners.isForEvents(YoungClerk.class))
                .as("inherits it")
                .isTrue();
    }

    @Test
    void allAreToldOfEnds() {
        LoopListeners listeners = new LoopListeners(System::nanoTime);
        List<String> told = new ArrayList<>();
        listeners.add(new Mourner(told));
        listeners.add(new Clerk(told));
        listeners.add(new Mourner(told));
        Dispatcher channel = new Dispatcher(new ChannelMap());
        listeners.onEvent(LoopEvent.READ, channel);
        listeners.onClosed(channel, CloseReason.PEER);
        listeners.onDropped(channel, 1);
        listeners.onHandshake(channel, 2);
        assertThat(told)
                .containsExactlyInAnyOrder(
                        "clerk READ",
                        "clerk PEER",
                        "mourner PEER",
                        "mourner PEER",
                        "mourner dropped 1",
                        "mourner dropped 1",
                        "mourner handshake 2",
                        "mourner handshake 2");
    }

    private static class Mourner implements LoopListener {
        private final List<String> told;

        Mourner(List<String> told) {
            this.told = told;
        }

        @Override
        public void onClosed(Dispatcher channel, CloseReason reason) {
            told.add("mourner " + reason);
        }

        @Override
        public void onDropped(Dispatcher channel, long bytes) {
            told.add("mourner dropped " + bytes);
        }

        @Override
        public void onHandshake(Dispatcher channel, long nanos) {
            told.add("mourner handshake " + nanos);
        }
    }

    private static class Clerk implements LoopListener {
        private final List<String> told;

        Clerk(List<String> told) {
            this.told = told;
        }

        @Override
        public void onEvent(LoopEvent event, Dispatcher channel) {
            told.add("clerk " + event);
        }

        @Override
        public void onClosed(Dispatcher channel, CloseReason reason) {
            told.add("clerk " + reason);
        }
    }

    private static final class YoungClerk extends Clerk {
        YoungClerk() {
            super(new ArrayList<>());
        }
    }

    private static final class Doorman implements ServerListener {
        @Override
        public void onOpened(Dispatcher handler) {}
    }
}
