package io.asyncore.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.CloseReason;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A chat that lives on after its callback threw: nothing is lost, and nothing is tried for ever. */
@Timeout(60)
class FailingCallbacksTest {

    private static final Duration A_WHILE = Duration.ofMillis(100);

    private Link<Lines> link;
    private Lines chat;

    @BeforeEach
    void connect() throws Exception {
        link = new Link<>(Lines::new);
        chat = link.chat;
    }

    @AfterEach
    void close() throws Exception {
        link.close();
    }

    private static void fail(Lines chat) {
        throw new IllegalArgumentException("not to my taste");
    }

    @Test
    void whatCouldNotBeCollectedWaitsForMoreInput() throws Exception {
        chat.onCollect = FailingCallbacksTest::fail;
        link.send("one\n");
        link.until(() -> !chat.errors.isEmpty());
        link.during(A_WHILE);
        assertThat(chat.offered).containsExactly("one");

        chat.onCollect = unused -> {};
        link.send("two\n");
        link.until(() -> chat.lines.size() == 2);
        assertThat(chat.lines).containsExactly("one", "two");
        assertThat(chat.offered).containsExactly("one", "one", "two");
    }

    @Test
    void whatFollowsASuccessIsTriedOnceMore() throws Exception {
        chat.onCollect = c -> {
            if (!c.lines.isEmpty()) {
                fail(c);
            }
        };
        link.send("one\ntwo\nthree\n");
        link.until(() -> chat.errors.size() == 2);
        link.during(A_WHILE);
        assertThat(chat.offered).containsExactly("one", "two", "two");
    }

    @Test
    void linesBehindOneThatFailedAreServedAtOnce() throws Exception {
        chat.onLine = FailingCallbacksTest::fail;
        link.send("one\ntwo\nthree\n");
        link.until(() -> chat.errors.size() == 3);
        assertThat(chat.lines).containsExactly("one", "two", "three");
    }

    @Test
    void settingTheTerminatorIsNoReasonToTryAgain() throws Exception {
        chat.onCollect = FailingCallbacksTest::fail;
        chat.onError = c -> c.setTerminator("\n");
        link.send("one\n");
        link.until(() -> !chat.errors.isEmpty());
        link.during(A_WHILE);
        assertThat(chat.offered).containsExactly("one");
    }

    /** A poll within foundTerminator, while the next line cannot be collected. */
    @Test
    void aNestedPollTriesAgainOnlyWithMoreInput() throws Exception {
        chat.onCollect = c -> {
            if (!c.lines.isEmpty()) {
                fail(c);
            }
        };
        chat.onLine = c -> {
            link.send("three\n");
            link.during(A_WHILE);
        };
        link.send("one\ntwo\n");
        link.until(() -> chat.errors.size() > 1);
        link.during(A_WHILE);
        assertThat(chat.offered).startsWith("one", "two").hasSizeLessThan(8);
    }

    /** The peer decides how much that is, so that there must be a bound. */
    @Test
    void inputThatCannotBeCollectedIsBounded() throws Exception {
        Link<AsyncChat> other = new Link<>(map -> new AsyncChat(map) {
            {
                setTerminator('\n');
            }

            @Override
            protected void collectIncomingData(ByteBuffer data) {
                throw new IllegalArgumentException("never");
            }

            @Override
            protected void foundTerminator() {}

            @Override
            protected void handleError(Throwable error) {}
        });
        try (other) {
            other.send("line\n".repeat(40_000));
            other.until(other.chat::isClosed);
            assertThat(other.chat.closeReason()).isEqualTo(CloseReason.OVERFLOW);
        }
    }
}
