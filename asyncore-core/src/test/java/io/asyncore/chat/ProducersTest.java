package io.asyncore.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.descriptors.OpenDescriptors;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A producer that holds something lets go of it, however its channel fares. */
@Timeout(60)
class ProducersTest {

    @TempDir
    Path directory;

    /** Says what is done with it. */
    private static final class Closeable implements Producer, AutoCloseable {

        final List<String> said = new ArrayList<>();
        private final List<String> pieces;

        Closeable(String... pieces) {
            this.pieces = new ArrayList<>(List.of(pieces));
        }

        @Override
        public byte[] more() throws IOException {
            String piece = pieces.remove(0);
            said.add("more");
            if (piece.equals("fail")) {
                throw new IOException("no more of this");
            }
            return piece.getBytes(StandardCharsets.ISO_8859_1);
        }

        @Override
        public void close() {
            said.add("closed");
        }
    }

    /** More than the kernel takes for a peer that does not read. */
    private Path bigFile() throws IOException {
        Path file = directory.resolve("big");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(200_000_000);
        }
        return file;
    }

    @Test
    void anArrayIsHandedOutInPiecesOf512Bytes() {
        byte[] data = new byte[1_100];
        new Random(1).nextBytes(data);
        SimpleProducer producer = new SimpleProducer(data);
        assertThat(producer.more()).isEqualTo(Arrays.copyOfRange(data, 0, 512));
        assertThat(producer.more()).isEqualTo(Arrays.copyOfRange(data, 512, 1_024));
        assertThat(producer.more()).isEqualTo(Arrays.copyOfRange(data, 1_024, 1_100));
        assertThat(producer.more()).isEmpty();
    }

    @Test
    void anAbortedDownloadLeavesNoFileOpen() throws Exception {
        Path file = bigFile();
        try (Link<Lines> link = new Link<>(Lines::new)) {
            link.chat.pushWithProducer(new FileProducer(file));
            link.during(Duration.ofMillis(100));
            assertThat(OpenDescriptors.of(file)).isEqualTo(1);

            link.chat.abort();
            assertThat(OpenDescriptors.of(file)).isZero();
        }
    }

    @Test
    void discardedOutputLeavesNoFileOpen() throws Exception {
        Path file = bigFile();
        try (Link<Lines> link = new Link<>(Lines::new)) {
            link.chat.pushWithProducer(new FileProducer(file));
            link.during(Duration.ofMillis(100));
            assertThat(OpenDescriptors.of(file)).isEqualTo(1);

            link.chat.discardBuffers();
            assertThat(OpenDescriptors.of(file)).isZero();
        }
    }

    @Test
    void aProducerIsClosedAtItsEnd() throws Exception {
        try (Link<Lines> link = new Link<>(Lines::new)) {
            Closeable producer = new Closeable("one", "");
            link.chat.pushWithProducer(producer);
            link.until(() -> producer.said.contains("closed"));
            assertThat(producer.said).containsExactly("more", "more", "closed");
        }
    }

    @Test
    void aProducerThatFailsIsClosed() throws Exception {
        try (Link<Lines> link = new Link<>(Lines::new)) {
            Closeable producer = new Closeable("one", "fail");
            link.chat.pushWithProducer(producer);
            link.until(() -> !link.chat.errors.isEmpty());
            assertThat(producer.said).containsExactly("more", "more", "closed");
        }
    }
}
