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
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files on a disk, of all sizes and byte for byte. */
class RegularFileTest {

    @TempDir
    Path directory;

    private final ChannelMap map = new ChannelMap();

    @AfterEach
    void noThreadIsLeft() throws Exception {
        map.closeAll(true);
        LiveThreads.awaitEndOf("asyncore-file");
    }

    private static byte[] random(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    /** A wrapper is only needed to make the dispatcher. */
    private Collector collect(Path file) throws IOException {
        try (FileWrapper wrapper = FileWrapper.forReading(file)) {
            return new Collector(wrapper, map);
        }
    }

    private Feeder feed(Path file, byte[] content) throws IOException {
        try (FileWrapper wrapper = FileWrapper.forWriting(file)) {
            return new Feeder(wrapper, map, content);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16 * 1024 - 1, 16 * 1024, 16 * 1024 + 1, 5_000_001})
    void isReadToItsEndAndThenTheLoopIsOver(int size) throws Exception {
        Path file = Files.write(directory.resolve("file"), random(size));
        Collector collector = collect(file);
        Asyncore.loop(null, false, map, null);
        assertThat(ByteBuffer.wrap(collector.data.toByteArray())).isEqualTo(ByteBuffer.wrap(random(size)));
        assertThat(collector.ends).containsExactly("close PEER");
        assertThat(collector.errors).isEmpty();
        LiveThreads.awaitEndOf("asyncore-file");
        assertThat(OpenDescriptors.of(file)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16 * 1024, 5_000_001})
    void isWrittenFromItsBeginning(int size) throws Exception {
        Path file = Files.write(directory.resolve("file"), random(6_000_000));
        Feeder feeder = feed(file, random(size));
        Asyncore.loop(null, true, map, null);
        LiveThreads.awaitEndOf("asyncore-file");
        assertThat(Files.mismatch(file, Files.write(directory.resolve("expected"), random(size))))
                .isEqualTo(-1);
        assertThat(feeder.ends).as("it was the feeder that closed").isEmpty();
        assertThat(OpenDescriptors.of(file)).isZero();
    }

    @Test
    void manyAtOnce() throws Exception {
        List<Collector> collectors = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            collectors.add(collect(Files.write(directory.resolve("file" + i), random(100_000 + i))));
        }
        Asyncore.loop(null, false, map, null);
        for (int i = 0; i < 20; i++) {
            assertThat(collectors.get(i).data.toByteArray()).isEqualTo(random(100_000 + i));
        }
    }

    @Test
    void isReadInPiecesOfAnySize() throws Exception {
        Path file = Files.write(directory.resolve("file"), random(100_000));
        List<Integer> sizes = new ArrayList<>();
        Random random = new Random(1);
        try (FileWrapper wrapper = FileWrapper.forReading(file)) {
            Collector collector = new Collector(wrapper, map) {
                @Override
                protected void handleRead() throws Exception {
                    byte[] piece = recv(1 + random.nextInt(1_000));
                    sizes.add(piece.length);
                    data.write(piece);
                }
            };
            Asyncore.loop(null, false, map, null);
            assertThat(collector.data.toByteArray()).isEqualTo(random(100_000));
            assertThat(sizes).hasSizeGreaterThan(100).allMatch(size -> size <= 1_000);
        }
    }

    /** A paused reader holds up the file, not the loop. */
    @Test
    void isNotReadWhileItsReaderIsPaused() throws Exception {
        Path file = Files.write(directory.resolve("file"), random(200_000));
        try (FileWrapper wrapper = FileWrapper.forReading(file)) {
            Pausing reader = new Pausing(wrapper, map);
            Await.turning(map, "the first input", () -> reader.data.size() > 0);
            int first = reader.data.size();
            Asyncore.loop(Duration.ofMillis(20), false, map, 5);
            assertThat(reader.data.size()).isEqualTo(first).isLessThan(200_000);

            reader.goOn();
            Asyncore.loop(null, false, map, null);
            assertThat(reader.data.toByteArray()).isEqualTo(random(200_000));
        }
    }

    private static final class Pausing extends Collector {
        private boolean paused;

        Pausing(FileWrapper file, ChannelMap map) {
            super(file, map);
        }

        void goOn() {
            resumeReading();
        }

        @Override
        protected void handleRead() throws Exception {
            super.handleRead();
            if (!paused) {
                paused = true;
                pauseReading();
            }
        }
    }

    /** Reads and writes go to the same place of the file, as with a descriptor. */
    @Test
    void isReadAndWrittenFromWhereItStands() throws Exception {
        Path path = Files.writeString(directory.resolve("file"), "0123456789");
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        file.seek(8);
        try (FileWrapper wrapper = FileWrapper.of(file)) {
            Appending appending = new Appending(wrapper, map);
            Asyncore.loop(null, false, map, null);
            assertThat(appending.text()).isEqualTo("89");
        }
        LiveThreads.awaitEndOf("asyncore-file");
        assertThat(path).hasContent("0123456789ABC");
        assertThat(OpenDescriptors.of(path)).isZero();
    }

    private static final class Appending extends Collector {
        Appending(FileWrapper file, ChannelMap map) {
            super(file, map);
        }

        @Override
        protected void handleEof() throws Exception {
            send("ABC".getBytes(UTF_8));
            super.handleEof();
        }
    }

    /** In a started loop, as in a server that serves files. */
    @Test
    void inAStartedLoop() throws Exception {
        Path file = Files.write(directory.resolve("file"), random(1_000_000));
        Thread thread = map.loop().start(Thread::new);
        List<Collector> collectors = Collections.synchronizedList(new ArrayList<>());
        map.loop().execute(() -> {
            try {
                collectors.add(collect(file));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        Await.until("it is read", () -> !collectors.isEmpty() && map.isEmpty());
        map.loop().stop();
        thread.join(Await.PATIENCE.toMillis());
        assertThat(collectors.get(0).data.toByteArray()).isEqualTo(random(1_000_000));
    }

    /** The map belongs to another thread: nothing is made, and nothing is held. */
    @Test
    void aDispatcherThatCannotBeMadeKeepsNothingOpen() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "content");
        Thread thread = map.loop().start(Thread::new);
        try (FileWrapper wrapper = FileWrapper.forReading(file)) {
            assertThat(wrapper.recv(1)).hasSize(1);
            assertThatIllegalStateException().isThrownBy(() -> new FileDispatcher(wrapper, map));
        }
        assertThat(OpenDescriptors.of(file)).isZero();
        map.loop().stop();
        thread.join(Await.PATIENCE.toMillis());
    }
}
