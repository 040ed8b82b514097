package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What a class is taken to say by what it overrides. */
class ClassInterestTest {

    static class Plain extends Dispatcher {}

    static class AsksReadable extends Dispatcher {
        @Override
        protected boolean readable() {
            return super.readable();
        }
    }

    static class BelowAsking extends AsksReadable {}

    @TracksInterest
    static class TracksReadable extends Dispatcher {
        @Override
        protected boolean readable() {
            return true;
        }
    }

    static class AsksWritableInVain extends Dispatcher {
        @Override
        protected boolean writable() {
            return true;
        }
    }

    static class Writes extends Dispatcher {
        @Override
        protected void handleWrite() {}
    }

    static class WritesWhenItLikes extends Writes {
        @Override
        protected boolean writable() {
            return false;
        }
    }

    static class Queues extends DispatcherWithSend {}

    static class QueuesAndWrites extends DispatcherWithSend {
        @Override
        protected void handleWrite() {}
    }

    static class QueuesAndWritesWhenItLikes extends QueuesAndWrites {
        @Override
        protected boolean writable() {
            return true;
        }
    }

    @Test
    void aClassThatOverridesNothingIsAskedOnlyAfterSomethingHappened() {
        assertThat(ClassInterest.of(Plain.class)).isEqualTo(new ClassInterest(false, true, false, false, true));
        assertThat(ClassInterest.of(Queues.class)).isEqualTo(new ClassInterest(false, true, false, false, true));
    }

    @Test
    void whoOverridesReadableIsAskedEachTurnUnlessTheOverridingClassTracksIt() {
        assertThat(ClassInterest.of(AsksReadable.class)).isEqualTo(new ClassInterest(true, false, false, false, true));
        assertThat(ClassInterest.of(BelowAsking.class)).isEqualTo(new ClassInterest(true, false, false, false, true));
        assertThat(ClassInterest.of(TracksReadable.class))
                .isEqualTo(new ClassInterest(false, false, false, false, true));
    }

    @Test
    void whoIsKnownToTrackItSaysSoToo() throws Exception {
        assertThat(Class.forName(ClassInterest.ACCEPTOR).isAnnotationPresent(TracksInterest.class))
                .isTrue();
        assertThat(Dispatcher.class.isAnnotationPresent(TracksInterest.class)).isTrue();
        assertThat(DispatcherWithSend.class.isAnnotationPresent(TracksInterest.class))
                .isTrue();
    }

    @Test
    void writableMattersOnlyWhereThereIsSomethingToWrite() {
        assertThat(ClassInterest.of(AsksWritableInVain.class))
                .isEqualTo(new ClassInterest(false, false, false, false, true));
        assertThat(ClassInterest.of(Writes.class)).isEqualTo(new ClassInterest(false, true, true, false, true));
        assertThat(ClassInterest.of(WritesWhenItLikes.class))
                .isEqualTo(new ClassInterest(true, false, true, false, true));
    }

    @Test
    void aQueueingClassIsToldOfWriteReadinessOnlyIfItOverridesBoth() {
        assertThat(ClassInterest.of(QueuesAndWrites.class))
                .isEqualTo(new ClassInterest(false, true, false, false, true));
        assertThat(ClassInterest.of(QueuesAndWritesWhenItLikes.class))
                .isEqualTo(new ClassInterest(true, false, true, false, true));
    }

    static class Sends extends DispatcherWithSend {
        @Override
        public int send(ByteBuffer data) {
            return super.send(data);
        }
    }

    static class SendsArrays extends DispatcherWithSend {
        @Override
        public int send(byte[] data) {
            return super.send(data);
        }
    }

    @Test
    void allOutputGoesThroughOneMethod() {
        assertThat(ClassInterest.of(Sends.class).sendsAsOurs()).isFalse();
        assertThat(ClassInterest.of(SendsArrays.class).sendsAsOurs()).isTrue();
    }
}
