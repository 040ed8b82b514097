package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.Dispatcher;
import io.asyncore.DispatcherWithSend;
import io.asyncore.chat.AsyncChat;
import io.asyncore.chat.LengthPrefixedChat;
import io.asyncore.chat.LineChat;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference tells of each callback that a handler may override, and of no other. */
class HandlerReferenceTest {

    private static final Pattern CALLBACK = Pattern.compile("(handle|found|collect)[A-Z]\\w*(?<!Event)");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\|");

    @Test
    void namesEachCallback() throws IOException {
        Set<String> callbacks = Stream.of(
                        Dispatcher.class,
                        DispatcherWithSend.class,
                        AsyncChat.class,
                        LineChat.class,
                        LengthPrefixedChat.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> Modifier.isProtected(method.getModifiers()) && !method.isSynthetic())
                .map(Method::getName)
                .filter(name -> CALLBACK.matcher(name).matches())
                .collect(Collectors.toSet());
        assertThat(rows()).containsExactlyInAnyOrderElementsOf(callbacks);
    }

    private static Stream<String> rows() throws IOException {
        String page = Files.readString(
                Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("../docs/reference.md"));
        String section = page.split("(?m)^## Handlers$")[1].split("(?m)^## ")[0];
        return ROW.matcher(section).results().map(MatchResult::group).map(row -> row.replaceAll("\\W", ""));
    }
}
