package io.asyncore.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelMap;
import io.asyncore.TracksInterest;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** While a chat's collecting polls, its input is held back whatever its predicates say. */
@Timeout(60)
class HeldReadingTest {

    private static final Duration A_WHILE = Duration.ofMillis(100);

    /** Has an opinion of its own about reading. */
    @TracksInterest
    private static final class AlwaysReadable extends Lines {
        AlwaysReadable(ChannelMap map) {
            super(map);
        }

        @Override
        protected boolean readable() {
            return true;
        }
    }

    @Test
    void alsoInAClassThatIsAlwaysReadable() throws Exception {
        try (Link<AlwaysReadable> link = new Link<>(AlwaysReadable::new)) {
            int[] turns = new int[1];
            link.chat.onCollect = c -> {
                c.onCollect = later -> {};
                int before = link.turns();
                link.send("two\n");
                link.during(A_WHILE);
                turns[0] = link.turns() - before;
            };
            link.send("one\n");
            link.until(() -> link.chat.lines.size() == 2);
            assertThat(link.chat.lines).containsExactly("one", "two");
            assertThat(turns[0]).as("turns of 20 ms in 100 ms").isLessThan(100);
        }
    }

    /** What the handler had closed itself stays closed when the poll is over. */
    @Test
    void aPauseOfTheHandlerIsAnotherGate() throws Exception {
        try (Link<Lines> link = new Link<>(Lines::new)) {
            link.chat.onCollect = c -> {
                c.onCollect = later -> {};
                link.send("two\n");
                link.during(A_WHILE);
                c.pause();
                c.resume();
                link.during(A_WHILE);
                c.pause();
            };
            link.send("one\n");
            link.until(() -> !link.chat.offered.isEmpty());
            link.during(A_WHILE);
            assertThat(link.chat.offered).containsExactly("one");
            link.chat.resume();
            link.until(() -> link.chat.lines.size() == 2);
            assertThat(link.chat.lines).containsExactly("one", "two");
        }
    }

    /** After a failed write what is there is read to its end, predicates or not. */
    @Test
    void alsoAfterAFailedWrite() throws Exception {
        try (Link<Lines> link = new Link<>(Lines::new)) {
            int[] turns = new int[1];
            link.chat.onCollect = c -> {
                c.onCollect = later -> {};
                link.send("two\n");
                c.shutOutput(); // the next write fails, and the input stays
                c.send(ByteBuffer.wrap(new byte[1]));
                int before = link.turns();
                link.during(A_WHILE);
                turns[0] = link.turns() - before;
            };
            link.send("one\n");
            link.until(() -> link.chat.lines.size() == 2);
            assertThat(turns[0]).as("turns of 20 ms in 100 ms").isLessThan(100);
        }
    }
}
