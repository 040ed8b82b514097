package io.asyncore.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A callback of a chat that polls, while more arrives for the same chat. */
@Timeout(60)
class NestedPollTest {

    private static final Duration A_WHILE = Duration.ofMillis(100);

    private Link<Lines> link;
    private Lines chat;
    private int nestedTurns;

    @BeforeEach
    void connect() throws Exception {
        link = new Link<>(Lines::new);
        chat = link.chat;
    }

    @AfterEach
    void close() throws Exception {
        link.close();
    }

    /** Within the first call only. */
    private void pollWhileMoreArrives(String... segments) throws Exception {
        chat.onCollect = c -> {};
        int before = link.turns();
        for (String segment : segments) {
            link.send(segment);
            link.during(A_WHILE);
        }
        nestedTurns = link.turns() - before;
    }

    @Test
    void inputThatMustWaitDoesNotSpin() throws Exception {
        chat.onCollect = c -> pollWhileMoreArrives("two\n", "three\n");
        link.send("one\n");
        link.until(() -> chat.lines.size() == 3);
        assertThat(chat.lines).containsExactly("one", "two", "three");
        assertThat(nestedTurns).as("turns of 20 ms in 200 ms").isLessThan(100);
    }

    @Test
    void anIdleChatIsNotHeldUpAfterwards() throws Exception {
        chat.onCollect = c -> pollWhileMoreArrives("two\n");
        link.send("one\n");
        link.until(() -> chat.lines.size() == 2);
        link.send("three\n");
        link.until(() -> chat.lines.size() == 3);
        assertThat(chat.lines).containsExactly("one", "two", "three");
    }

    @Test
    void aPauseWithinIsNotLost() throws Exception {
        chat.onCollect = c -> {
            pollWhileMoreArrives("two\n");
            c.pause();
        };
        link.send("one\n");
        link.until(() -> chat.offered.size() == 1);
        link.during(A_WHILE);
        assertThat(chat.offered).containsExactly("one");

        chat.resume();
        link.until(() -> chat.lines.size() == 2);
        assertThat(chat.lines).containsExactly("one", "two");
    }

    @Test
    void theEndIsNotReadBeforeWhatStandsBeforeIt() throws Exception {
        chat.onCollect = c -> {
            link.peer.shutdownOutput();
            pollWhileMoreArrives();
            link.during(A_WHILE);
            c.pause();
        };
        link.send("one\ntwo\n");
        link.until(() -> chat.offered.size() == 1);
        link.during(A_WHILE);
        assertThat(chat.ends).isEmpty();

        chat.resume();
        link.until(() -> !chat.ends.isEmpty());
        assertThat(chat.ends).containsExactly("end after [one, two]");
    }

    @Test
    void thePauseOfAnInnerLineKeepsTheEndUnread() throws Exception {
        chat.onLine = c -> {
            c.onLine = Lines::pause;
            link.peer.shutdownOutput();
            link.during(A_WHILE);
        };
        link.send("one\ntwo\nthree\n");
        link.until(() -> chat.lines.size() >= 2);
        link.during(A_WHILE);
        assertThat(chat.ends).isEmpty();

        chat.onLine = c -> {};
        chat.resume();
        link.until(() -> !chat.ends.isEmpty());
        assertThat(chat.ends).containsExactly("end after [one, two, three]");
    }
}
