package io.asyncore.interop;

import java.lang.reflect.Member;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Do the names exist that a page of the documentation calls ours? */
public final class PublicNames {

    private static final List<String> PACKAGES = List.of(
            "io.asyncore",
            "io.asyncore.chat",
            "io.asyncore.server",
            "io.asyncore.transport",
            "io.asyncore.transport.tls");

    private PublicNames() {}

    /**
     * Fails unless there is such a class or member.
     *
     * @param name {@code Class} or {@code Class.member}
     */
    public static void check(String name) {
        String[] parts = name.split("\\.");
        Class<?> type = PACKAGES.stream()
                .flatMap(parent -> classNamed(parent + "." + parts[0]))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no class " + parts[0]));
        if (parts.length > 1 && memberNames(type).noneMatch(parts[1]::equals)) {
            throw new AssertionError(type + " has no " + parts[1]);
        }
    }

    private static Stream<Class<?>> classNamed(String name) {
        try {
            return Stream.of(Class.forName(name));
        } catch (ClassNotFoundException elsewhere) {
            return Stream.empty();
        }
    }

    private static Stream<String> memberNames(Class<?> type) {
        Stream<Class<?>> hierarchy = Stream.iterate(type, t -> t != null, Class::getSuperclass);
        return Stream.concat(hierarchy, Stream.of(type.getInterfaces()))
                .flatMap(t -> Stream.concat(
                        Arrays.stream(t.getDeclaredClasses()).map(Class::getSimpleName),
                        Arrays.stream(t.getDeclaredMethods()).map(Member::getName)));
    }
}
