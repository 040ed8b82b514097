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
import java.util.List;
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
    private static final Pattern CALLS = Pattern.compile("(?m)^\\| ((?:`\\w+`(?:, )?)+) \\| ");

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

    /** What it says that a handler may call, handlers may call. */
    @Test
    void whatMayBeCalledExists() throws IOException {
        Set<String> methods = Stream.of(LineChat.class, LengthPrefixedChat.class)
                .flatMap(type -> Stream.<Class<?>>iterate(type, t -> t != null, Class::getSuperclass))
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> (method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0)
                .map(Method::getName)
                .collect(Collectors.toSet());
        List<String> named = CALLS.matcher(section("What a handler may call"))
                .results()
                .flatMap(row -> Arrays.stream(row.group(1).replace("`", "").split(", ")))
                .toList();
        assertThat(named).hasSizeGreaterThan(30).doesNotHaveDuplicates().isSubsetOf(methods);
    }

    private static Stream<String> rows() throws IOException {
        return ROW.matcher(section("Handlers"))
                .results()
                .map(MatchResult::group)
                .map(row -> row.replaceAll("\\W", ""));
    }

    private static String section(String title) throws IOException {
        String page = Files.readString(
                Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("../docs/reference.md"));
        return page.split("(?m)^## " + title + "$")[1].split("(?m)^## ")[0];
    }
}
