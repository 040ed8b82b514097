package io.asyncore.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Makes and reads FIFOs. */
final class Fifo {

    private Fifo() {}

    /** A new FIFO; skips the test where there is no program to make one. */
    static Path in(Path directory) throws Exception {
        Path fifo = directory.resolve("fifo");
        Process maker;
        try {
            maker = new ProcessBuilder("mkfifo", fifo.toString()).start();
        } catch (IOException e) {
            Assumptions.abort("skipped: no mkfifo here, " + e.getMessage());
            throw e;
        }
        assertThat(maker.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(maker.exitValue()).isZero();
        return fifo;
    }

    /** Opens it and reads it to its end. {@code readAllBytes} would ask for its length, which it does not have. */
    static byte[] readAll(Path fifo) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (InputStream reader = new FileInputStream(fifo.toFile())) {
            byte[] buffer = new byte[8192];
            for (int count = reader.read(buffer); count >= 0; count = reader.read(buffer)) {
                all.write(buffer, 0, count);
            }
        }
        return all.toByteArray();
    }
}
