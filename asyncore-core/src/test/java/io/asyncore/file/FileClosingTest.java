package io.asyncore.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.asyncore.Asyncore;
import io.asyncore.ChannelMap;
import io.asyncore.FileDispatcher;
import io.asyncore.FileWrapper;
import io.asyncore.descriptors.Await;
import io.asyncore.descriptors.LiveThreads;
import io.asyncore.descriptors.OpenDescriptors;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may close what and when: the file is open until the last of its wrappers and dispatchers has gone. */
class FileClosingTest {

    @TempDir
    Path directory;

    private final ChannelMap map = new ChannelMap();
    private Path file;

    @BeforeEach
    void make() throws IOException {
        file = Files.writeString(directory.resolve("file"), "content");
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        map.closeAll(true);
        LiveThreads.awaitEndOf("asyncore-file");
        assertThat(OpenDescriptors.of(file)).isZero();
    }

    @Test
    void theWrapperMayBeClosedFirst() throws Exception {
        FileWrapper wrapper = FileWrapper.forReading(file);
        Collector collector = new Collector(wrapper, map);
        wrapper.close();
        wrapper.close();
        assertThatIllegalStateException().isThrownBy(() -> new FileDispatcher(wrapper, map));
        Asyncore.loop(null, false, map, null);
        assertThat(collector.text()).isEqualTo("content");
    }

    @Test
    void theDispatcherMayBeClosedFirst() throws Exception {
        try (FileWrapper wrapper = FileWrapper.of(new RandomAccessFile(file.toFile(), "r"))) {
            Collector collector = new Collector(wrapper, map);
            Asyncore.loop(null, false, map, null);
            assertThat(collector.text()).isEqualTo("content");
            LiveThreads.awaitEndOf("asyncore-file");
            assertThat(OpenDescriptors.of(file)).isEqualTo(1);
        }
        assertThat(OpenDescriptors.of(file)).isZero();
    }

    @Test
    void aDispatcherMayBeClosedTwice() throws Exception {
        try (FileWrapper wrapper = FileWrapper.forReading(file);
                FileWrapper other = new FileWrapper(wrapper)) {
            Collector collector = new Collector(wrapper, map);
            Await.turning(map, "it is read", collector::isClosed);
            collector.close();
            collector.close();
            LiveThreads.awaitEndOf("asyncore-file");
            assertThat(OpenDescriptors.of(file)).isEqualTo(1);
            assertThat(other.recv(1)).isEmpty();
        }
    }

    @Test
    void closedBeforeAnythingHappened() throws Exception {
        try (FileWrapper wrapper = FileWrapper.forReading(file)) {
            Collector collector = new Collector(wrapper, map);
            collector.close();
            Asyncore.poll(Duration.ZERO, map);
            assertThat(LiveThreads.named("asyncore-file")).isEmpty();
            assertThat(collector.ends).isEmpty();
        }
        assertThat(OpenDescriptors.of(file)).as("it was never opened").isZero();
    }

    @Test
    void writeThenCloseDeliversWhatSendTook() throws Exception {
        byte[] data = new byte[100_000];
        Arrays.fill(data, (byte) 'x');
        int taken;
        try (FileWrapper wrapper = FileWrapper.forWriting(file)) {
            FileDispatcher writer = new FileDispatcher(wrapper, map);
            taken = writer.send(data);
            writer.close();
        }
        assertThat(taken).isPositive();
        LiveThreads.awaitEndOf("asyncore-file");
        assertThat(file).hasContent("x".repeat(taken));
    }

    /** Of a file that is open both ways, output has no end of its own. */
    @Test
    void shutdownOutputLeavesTheInputOpen() throws Exception {
        try (FileWrapper wrapper = FileWrapper.of(new RandomAccessFile(file.toFile(), "rw"))) {
            Collector collector = new Collector(wrapper, map);
            collector.shutdownOutput();
            Asyncore.loop(null, false, map, null);
            assertThat(collector.text()).isEqualTo("content");
        }
    }

    /** Two of them on one file share its position; closing one leaves the other be. */
    @Test
    void twoDispatchersShareTheFile() throws Exception {
        Files.writeString(file, "0123456789".repeat(50_000));
        try (FileWrapper wrapper = FileWrapper.forReading(file)) {
            Collector leaving = new Collector(wrapper, map);
            Collector staying = new Collector(wrapper, map);
            Await.turning(
                    map, "both have begun", () -> leaving.data.size() > 0 && staying.data.size() > 0 || map.isEmpty());
            leaving.close();
            Asyncore.loop(null, false, map, null);
            assertThat(staying.ends).containsExactly("close PEER");
            assertThat(staying.data.size() + leaving.data.size()).isLessThanOrEqualTo(500_000);
            assertThat(staying.errors).isEmpty();
        }
    }

    /** Closing while the pump is at work, over and over: neither a thread nor a descriptor is left, and none is closed twice. */
    @Test
    void closingAtAnyMoment() throws Exception {
        Files.write(file, new byte[1_000_000]);
        try (FileWrapper original = FileWrapper.of(new RandomAccessFile(file.toFile(), "r"))) {
            for (int i = 0; i < 200; i++) {
                Collector collector = new Collector(original, map);
                for (int turn = 0; turn < i % 7; turn++) {
                    Asyncore.poll(Duration.ofMillis(1), map);
                }
                collector.close();
            }
            LiveThreads.awaitEndOf("asyncore-file");
            assertThat(OpenDescriptors.of(file)).isEqualTo(1);
            assertThat(original.recv(1)).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void writtenAndClosedOverAndOver() throws Exception {
        byte[] line = "one line\n".getBytes(UTF_8);
        try (FileWrapper original = FileWrapper.forWriting(file)) {
            for (int i = 0; i < 200; i++) {
                FileDispatcher writer = new FileDispatcher(original, map);
                assertThat(writer.send(line)).isEqualTo(line.length);
                writer.close();
            }
            LiveThreads.awaitEndOf("asyncore-file");
        }
        assertThat(file).hasContent("one line\n".repeat(200));
    }
}
