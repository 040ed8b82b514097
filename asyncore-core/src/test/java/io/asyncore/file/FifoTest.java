package io.asyncore.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.Asyncore;
import io.asyncore.ChannelMap;
import io.asyncore.FileWrapper;
import io.asyncore.descriptors.Await;
import io.asyncore.descriptors.LiveThreads;
import io.asyncore.descriptors.OpenDescriptors;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Named pipes, whose opening waits for the other end and whose reading waits for input. */
class FifoTest {

    @TempDir
    Path directory;

    private final ChannelMap map = new ChannelMap();
    private Path fifo;

    @BeforeEach
    void make() throws Exception {
        fifo = Fifo.in(directory);
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        map.closeAll(true);
        LiveThreads.awaitEndOf("asyncore-file");
        assertThat(OpenDescriptors.of(fifo)).isZero();
    }

    private Collector collect() throws Exception {
        try (FileWrapper wrapper = FileWrapper.forReading(fifo)) {
            return new Collector(wrapper, map);
        }
    }

    /** Timers go off on time: nothing holds up the loop. */
    private void assertLoopIsFree() throws Exception {
        int[] ticks = {0};
        long start = System.nanoTime();
        map.loop().callEvery(Duration.ofMillis(5), () -> ticks[0]++);
        Await.turning(map, "ten ticks", () -> ticks[0] >= 10);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void openingToReadWaitsForAWriterWithoutTheLoop() throws Exception {
        Collector collector = collect();
        assertLoopIsFree();
        assertThat(LiveThreads.named("asyncore-file")).hasSize(1);
        assertThat(collector.data.size()).isZero();

        try (OutputStream writer = new FileOutputStream(fifo.toFile())) {
            writer.write("one, ".getBytes(UTF_8));
            Await.turning(map, "the first part", () -> collector.text().equals("one, "));
            assertLoopIsFree();
            writer.write("two".getBytes(UTF_8));
            Await.turning(map, "the second part", () -> collector.text().equals("one, two"));
            assertThat(collector.ends).isEmpty();
        }
        Await.turning(map, "the end", map::isEmpty);
        assertThat(collector.ends).containsExactly("close PEER");
    }

    @Test
    void openingToWriteWaitsForAReaderWithoutTheLoop() throws Exception {
        byte[] content = new byte[1_000_000];
        new Random(1).nextBytes(content);
        try (FileWrapper wrapper = FileWrapper.forWriting(fifo)) {
            Feeder feeder = new Feeder(wrapper, map, content);
            assertLoopIsFree();
            assertThat(feeder.left()).as("more than one buffer is not taken").isGreaterThan(900_000);
        }
        Thread thread = map.loop().start(Thread::new);
        assertThat(Fifo.readAll(fifo)).isEqualTo(content);
        Await.until("the feeder has closed", map::isEmpty);
        map.loop().stop();
        thread.join(Await.PATIENCE.toMillis());
    }

    /** The writer comes only after the dispatcher has gone. */
    @Test
    void whatSendTookIsWrittenAfterTheClose() throws Exception {
        try (FileWrapper wrapper = FileWrapper.forWriting(fifo)) {
            Feeder feeder = new Feeder(wrapper, map, "taken, then closed".getBytes(UTF_8));
            Await.turning(map, "it is taken", feeder::isClosed);
        }
        assertThat(map.isEmpty()).isTrue();
        assertThat(Fifo.readAll(fifo)).asString(UTF_8).isEqualTo("taken, then closed");
    }

    /** The pump's thread and the descriptor go when the open returns, at last. */
    @Test
    void closingWhileTheOpenWaitsDoesNotWait() throws Exception {
        Collector collector = collect();
        assertLoopIsFree();
        LiveThreads.awaitCallOf(FileInputStream.class, "asyncore-file");
        collector.close();
        Asyncore.loop(null, false, map, null);
        assertThat(collector.ends).isEmpty();

        try (OutputStream writer = new FileOutputStream(fifo.toFile())) {
            writer.flush();
            LiveThreads.awaitEndOf("asyncore-file");
            assertThat(OpenDescriptors.of(fifo)).as("the writer's own").isEqualTo(1);
        }
    }

    @Test
    void closingWhileAReadWaitsDoesNotWait() throws Exception {
        Collector collector = collect();
        Thread thread = map.loop().start(Thread::new);
        try (OutputStream writer = new FileOutputStream(fifo.toFile())) {
            writer.write("x".getBytes(UTF_8));
            Await.until("it has arrived", () -> collector.data.size() == 1);
            LiveThreads.awaitCallOf(FileInputStream.class, "asyncore-file");
            map.loop().stop();
            thread.join(Await.PATIENCE.toMillis());
            assertThat(thread.isAlive()).as("a loop that waits for a file").isFalse();
            assertThat(collector.ends).containsExactly("close SHUTDOWN");
            assertThat(map.isEmpty()).isTrue();
        }
    }

    /** Another wrapper goes on reading where the closed dispatcher has stopped, and is not closed with it. */
    @Test
    void closingWhileAReadWaitsDoesNotDisturbOtherWrappers() throws Exception {
        try (FileWrapper original = FileWrapper.forReading(fifo)) {
            Collector collector = new Collector(original, map);
            Asyncore.poll(Duration.ZERO, map);
            try (OutputStream writer = new FileOutputStream(fifo.toFile())) {
                writer.write("x".getBytes(UTF_8));
                Await.turning(map, "it has arrived", () -> collector.data.size() == 1);
                LiveThreads.awaitCallOf(FileInputStream.class, "asyncore-file");
                collector.close();
                writer.write("lost".getBytes(UTF_8)); // to the read that was under way
                LiveThreads.awaitEndOf("asyncore-file");

                writer.write("kept".getBytes(UTF_8));
                assertThat(original.recv(10)).asString(UTF_8).isEqualTo("kept");
            }
            assertThat(original.recv(10)).isEmpty();
        }
    }
}
