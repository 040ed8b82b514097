package io.asyncore.golden;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What CPython did in one scenario.
 *
 * @param name the scenario's Python name
 * @param order {@code poll}, {@code poll2}, or {@code both} when they do not differ
 * @param events the callbacks with their arguments, in order
 * @param differs the flaw of asyncore for whose sake the JVM does something else, or null
 * @param java what the JVM does then, or null
 */
record GoldenTrace(
        String name,
        String order,
        List<String> events,
        @Nullable String differs,
        @Nullable List<String> java) {

    /** All traces in the script's order. */
    static List<GoldenTrace> all() {
        try (InputStream json = GoldenTrace.class.getResourceAsStream("/golden/traces.json")) {
            return List.of(new JsonMapper().readValue(Objects.requireNonNull(json), GoldenTrace[].class));
        } catch (IOException e) {
            throw new IllegalStateException("the golden traces cannot be read", e);
        }
    }

    /** What is expected here. */
    List<String> expected() {
        return java == null ? events : java;
    }

    List<Order> orders() {
        return Arrays.stream(Order.values())
                .filter(each -> order.equals("both") || order.equals(each.pythonName()))
                .toList();
    }
}
