package io.asyncore.file;

import io.asyncore.Asyncore;
import io.asyncore.FileDispatcher;
import io.asyncore.FileWrapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The program of {@link StandardInputTest}: says back what it reads from standard input, and {@code tick} while there is
 * nothing to read. At the end of its input, or told {@code close}, it leaves its loop; then it reads once more.
 */
final class StandardInputEcho extends FileDispatcher {

    private StandardInputEcho(FileWrapper file) {
        super(file);
    }

    @Override
    protected void handleRead() throws Exception {
        String text = new String(recv(1000), StandardCharsets.UTF_8).strip();
        if (text.equals("close")) {
            close();
        } else if (!text.isEmpty()) {
            System.out.println("you said " + text);
        }
    }

    public static void main(String[] arguments) throws IOException {
        try (FileWrapper input = FileWrapper.standardInput()) {
            StandardInputEcho echo = new StandardInputEcho(input);
            echo.callLater(Duration.ofMillis(20), () -> System.out.println("tick"));
            Asyncore.loop();
        }
        System.out.println("the loop is over");
        System.out.println("one more read gives " + System.in.read());
    }
}
