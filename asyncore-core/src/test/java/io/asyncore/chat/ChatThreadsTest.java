package io.asyncore.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What belongs to the loop's thread is refused on any other while the loop runs. */
@Timeout(60)
class ChatThreadsTest {

    private static final List<Consumer<Lines>> CONFINED = List.of(
            chat -> chat.setTerminator("!"),
            chat -> chat.setTerminator('!'),
            chat -> chat.setTerminator(1),
            chat -> chat.setTerminator(new byte[] {'!'}),
            chat -> chat.setTerminator(Terminator.none()),
            chat -> chat.setMaxFrameLength(1),
            AsyncChat::getData,
            AsyncChat::discardBuffers);

    @Test
    void anotherThreadIsRefusedBeforeAnythingHappens() throws Exception {
        try (Link<Lines> link = new Link<>(Lines::new)) {
            link.send("half a");
            link.until(() -> !link.chat.offered.isEmpty());
            Terminator before = link.chat.getTerminator();
            Thread thread = link.map.loop().start(Thread::new);
            try {
                for (Consumer<Lines> call : CONFINED) {
                    assertThatIllegalStateException().isThrownBy(() -> call.accept(link.chat));
                }
                assertThat(link.chat.getTerminator()).isSameAs(before);
                CountDownLatch found = new CountDownLatch(1);
                CompletableFuture.runAsync(() -> link.chat.onLine = chat -> found.countDown(), link.map.loop()::execute)
                        .get(20, TimeUnit.SECONDS); // what arrives meanwhile may be served before the task
                link.send(" line\n");
                assertThat(found.await(20, TimeUnit.SECONDS)).isTrue();
            } finally {
                link.map.loop().stop();
                thread.join();
            }
            assertThat(link.chat.lines).containsExactly("half a line");
        }
    }

    @Test
    void aChatMayBeMadeElsewhere() throws Exception {
        try (Link<Lines> link = new Link<>(Lines::new)) {
            Thread thread = link.map.loop().start(Thread::new);
            try {
                Lines made = new Lines(link.map);
                made.setMaxFrameLength(10);
                assertThat(made.getTerminator()).hasToString("Terminator.delimiter(\\n)");
            } finally {
                link.map.loop().stop();
                thread.join();
            }
        }
    }
}
