package io.asyncore.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.Asyncore;
import io.asyncore.ChannelMap;
import io.asyncore.FileDispatcher;
import io.asyncore.FileWrapper;
import io.asyncore.LoopCounters;
import io.asyncore.LoopEvent;
import io.asyncore.descriptors.LiveThreads;
import io.asyncore.descriptors.OpenDescriptors;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that cannot be opened, read or written: {@code handleError} with the cause, then {@code handleClose}. */
class FileErrorsTest {

    /** Takes nothing: no space left. */
    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    Path directory;

    private final ChannelMap map = new ChannelMap();

    @AfterEach
    void noThreadIsLeft() throws Exception {
        map.closeAll(true);
        LiveThreads.awaitEndOf("asyncore-file");
    }

    private Collector read(FileWrapper file) throws IOException {
        try (file) {
            Collector collector = new Collector(file, map);
            Asyncore.loop(null, false, map, null);
            return collector;
        }
    }

    private static void assertFailed(Collector collector, Class<? extends Throwable> cause) {
        assertThat(collector.errors).singleElement().isInstanceOf(cause);
        assertThat(collector.ends).containsExactly("close ERROR");
        assertThat(collector.data.size()).isZero();
    }

    @Test
    void aMissingFile() throws Exception {
        assertFailed(read(FileWrapper.forReading(directory.resolve("missing"))), FileNotFoundException.class);
    }

    @Test
    void aDirectoryIsNoFileToWrite() throws Exception {
        try (FileWrapper wrapper = FileWrapper.forWriting(directory)) {
            Feeder feeder = new Feeder(wrapper, map, new byte[100_000]);
            Asyncore.loop(null, true, map, null);
            assertThat(feeder.errors).singleElement().isInstanceOf(FileNotFoundException.class);
            assertThat(feeder.ends).containsExactly("close ERROR");
            assertThat(feeder.left()).isPositive();
        }
    }

    @Test
    void aFullDisk() throws Exception {
        Assumptions.assumeTrue(Files.exists(FULL), "skipped: there is no " + FULL + " here");
        try (FileWrapper wrapper = FileWrapper.forWriting(FULL)) {
            Feeder feeder = new Feeder(wrapper, map, new byte[100_000]);
            Asyncore.loop(null, false, map, null);
            assertThat(feeder.errors).singleElement().isInstanceOf(IOException.class);
            assertThat(feeder.ends).containsExactly("close ERROR");
            assertThat(feeder.left()).isPositive();
        }
        LiveThreads.awaitEndOf("asyncore-file");
        assertThat(OpenDescriptors.of(FULL)).isZero();
    }

    /** A stream of one's own may fail in any way, and must not take the thread with it. */
    @Test
    void aStreamThatThrowsWhateverItLikes() throws Exception {
        Collector collector = read(FileWrapper.of(new InputStream() {
            @Override
            public int read() {
                throw new UnsupportedOperationException("expected by the test");
            }
        }));
        assertFailed(collector, IOException.class);
        assertThat(collector.errors.get(0)).hasCauseInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void whatWasReadBeforeTheFailureIsDelivered() throws Exception {
        Collector collector = read(FileWrapper.of(new InputStream() {
            private int given;

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (given++ > 2) {
                    throw new IOException("expected by the test");
                }
                target[offset] = 'x';
                return 1;
            }

            @Override
            public int read() {
                throw new AssertionError("one byte at a time");
            }
        }));
        assertThat(collector.text()).isEqualTo("xxx");
        assertThat(collector.errors).singleElement().extracting("message").isEqualTo("expected by the test");
        assertThat(collector.ends).containsExactly("close ERROR");
    }

    /** The default handlers: one error, one close, and no talk of input that was not handled. */
    @Test
    void withDefaultHandlers() throws Exception {
        LoopCounters counters = new LoopCounters();
        map.loop().addListener(counters);
        try (FileWrapper wrapper = FileWrapper.forReading(directory.resolve("missing"))) {
            new FileDispatcher(wrapper, map).setIgnoreLogTypes(Set.of("error"));
            Asyncore.loop(null, false, map, null);
        }
        assertThat(counters.count(LoopEvent.ERROR)).isEqualTo(1);
        assertThat(counters.count(LoopEvent.CLOSE)).isEqualTo(1);
    }

    @Test
    void readingWhatWasOpenedForWritingAndTheOtherWayRound() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "content");
        Collector reader = new Collector(FileWrapper.forReading(file), map) {
            @Override
            protected void handleRead() throws Exception {
                send(new byte[1]);
            }
        };
        Asyncore.loop(null, false, map, null);
        assertThat(reader.errors)
                .singleElement()
                .extracting("message")
                .asString()
                .contains("not opened for writing");
        assertThat(file).hasContent("content");
    }
}
