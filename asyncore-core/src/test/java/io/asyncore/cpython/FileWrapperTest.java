package io.asyncore.cpython;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.asyncore.Asyncore;
import io.asyncore.ChannelMap;
import io.asyncore.FileDispatcher;
import io.asyncore.FileWrapper;
import java.io.BufferedOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code test_asyncore.py}: {@code FileWrapperTest}. What closes a descriptor there, closes another wrapper here. */
@Timeout(60)
class FileWrapperTest {

    private static final String CONTENT = "It's not dead, it's sleeping!";

    @TempDir
    Path directory;

    private final ChannelMap map = new ChannelMap();
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("file"), CONTENT);
    }

    @AfterEach
    void closeAll() {
        Asyncore.closeAll(map, true);
    }

    /** A copy goes on reading when the original is closed; what is closed reads no more. */
    @Test
    void testRecv() throws IOException {
        FileWrapper original = FileWrapper.forReading(file);
        FileWrapper copy = new FileWrapper(original);
        original.close();
        assertThatIOException().isThrownBy(() -> original.recv(1));

        assertThat(copy.recv(13)).asString(UTF_8).isEqualTo("It's not dead");
        assertThat(copy.recv(6)).asString(UTF_8).isEqualTo(", it's");
        copy.close();
        assertThatIOException().isThrownBy(() -> copy.recv(1));
    }

    @Test
    void testSend() throws IOException {
        FileWrapper original = FileWrapper.of(new FileOutputStream(file.toFile(), true));
        FileWrapper copy = new FileWrapper(original);
        original.close();

        copy.send("Come again?".getBytes(UTF_8));
        copy.send("I want to buy some cheese.".getBytes(UTF_8));
        copy.close();
        assertThat(file).hasContent(CONTENT + "Come again?" + "I want to buy some cheese.");
    }

    @Test
    void testDispatcher() throws IOException {
        StringBuilder data = new StringBuilder();
        try (FileWrapper wrapper = FileWrapper.forReading(file)) {
            new FileDispatcher(wrapper, map) {
                @Override
                protected void handleRead() throws Exception {
                    data.append(new String(recv(29), UTF_8));
                }
            };
        }
        Turns.until("the file is read", map, true, () -> data.length() >= CONTENT.length());
        assertThat(data).hasToString(CONTENT);
    }

    /** Nobody closes it: the garbage collector lets go of the file, without a warning as Java has none for that. */
    @Test
    void testResourceWarning() throws IOException {
        Assumptions.assumeTrue(Descriptors.areShown(), "skipped: this system does not show open descriptors");
        openAndForget();

        long start = System.nanoTime();
        while (Descriptors.opensOf(file) > 0) {
            assertThat(System.nanoTime() - start)
                    .as("waited for the garbage collector")
                    .isLessThan(TimeUnit.SECONDS.toNanos(20));
            System.gc();
        }
    }

    private void openAndForget() throws IOException {
        FileWrapper forgotten = FileWrapper.of(new FileInputStream(file.toFile()));
        assertThat(forgotten.recv(2)).asString(UTF_8).isEqualTo("It");
        assertThat(Descriptors.opensOf(file)).isPositive();
    }

    /** Something else has closed the file underneath: the first close says so, and the second does not fail. */
    @Test
    void testCloseTwice() throws IOException {
        FileOutputStream underneath = new FileOutputStream(file.toFile());
        OutputStream unwritten = new BufferedOutputStream(underneath);
        FileWrapper wrapper = FileWrapper.of(unwritten);
        unwritten.write('x');
        underneath.close();

        assertThatIOException().isThrownBy(wrapper::close);
        assertThatNoException().isThrownBy(wrapper::close);
    }
}
