package io.asyncore.cpython;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.interop.Compilation;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes that Python finds when the program runs, and tests for; here the compiler finds them. */
class UncompilableTest {

    @TempDir
    Path directory;

    private void assertRefused(String statement, String... inTheMessage) throws IOException {
        String source = """
                class Mistake {
                    static void make(io.asyncore.Dispatcher dispatcher, io.asyncore.chat.AsyncChat chat) {
                        %s
                    }
                }
                """;
        assertThat(Compilation.complaints(directory, "Mistake.java", source.formatted("")))
                .as("without the mistake")
                .isEmpty();
        assertThat(Compilation.complaints(directory, "Mistake.java", source.formatted(statement)))
                .singleElement()
                .asString()
                .contains(inTheMessage);
    }

    /** A number is nothing that can be pushed (text is: as UTF-8). */
    @Test
    void testPushOfANumber() throws IOException {
        assertRefused("chat.push(10);", "push(int)");
    }

    /** An unknown name on a dispatcher is reported as the dispatcher's, not as its socket's. */
    @Test
    void testIssue8594() throws IOException {
        assertRefused("dispatcher.foo();", "foo()", "io.asyncore.Dispatcher");
    }
}
