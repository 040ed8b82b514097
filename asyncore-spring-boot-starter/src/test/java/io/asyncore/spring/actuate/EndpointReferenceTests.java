package io.asyncore.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/reference.md} lists what the endpoint answers: each key, none that there is not, in their order. */
class EndpointReferenceTests {

    private static final Pattern ROW = Pattern.compile("\\| `([\\w.*\\[\\]]+)` \\|");

    static Stream<Map.Entry<String, Class<?>>> answers() {
        return Stream.of(
                Map.entry("/actuator/asyncore", ServersDescriptor.class),
                Map.entry("/actuator/asyncore/{server}", ChannelsDescriptor.class),
                Map.entry("/actuator/asyncore/{server}/{id}", ChannelDescriptor.class));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void everyKeyHasARow(Map.Entry<String, Class<?>> answer) throws IOException {
        String heading = "\n### GET " + answer.getKey() + "\n";
        String table = AsyncoreMetricsTests.section("Actuator endpoint")
                .split(Pattern.quote(heading), 2)[1]
                .split("\n### ", 2)[0];
        List<String> documented =
                ROW.matcher(table).results().map(row -> row.group(1)).toList();
        assertThat(documented)
                .containsExactlyElementsOf(keys("", answer.getValue()).toList());
    }

    /** The keys of a record in JSON: {@code *} for any, {@code []} for the elements of an array. */
    private static Stream<String> keys(String prefix, Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).flatMap(component -> keys(prefix, component));
    }

    private static Stream<String> keys(String prefix, RecordComponent component) {
        String key = prefix + component.getName();
        Type type = component.getGenericType();
        String suffix = "";
        if (type instanceof ParameterizedType generic) {
            suffix = generic.getRawType() == Map.class ? ".*" : "[]";
            type = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
        }
        if (type == Totals.class && !key.equals("totals") || type == ChannelDescriptor.class) {
            return Stream.of(key + suffix); // has a table of its own, or the same rows as the other
        }
        return type instanceof Class<?> value && value.isRecord()
                ? keys(key + suffix + ".", value)
                : Stream.of(key + suffix);
    }
}
