package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.interop.ProjectFiles;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/reference.md} names every option of the server, none that there is not, and the defaults they have. */
class ReferenceTest {

    private static final Pattern ROW = Pattern.compile("\\| `([\\w.]+)` \\|(.*?)\\|(.*) \\|");
    private static final int KIB = 1024;

    /** What a machine decides; the page says it in words. */
    private static final Map<String, String> BY_MACHINE =
            Map.of("limits.connections", "`10000`", "limits.memory", "a quarter of the heap", "ssl.keys", "none");

    private static final Map<String, Record> GROUPS = Map.of(
            "limits", Limits.DEFAULTS,
            "ssl", Ssl.of(new SslKeys.Pem(Path.of("any.pem"), Path.of("any.key"), null, null)),
            "timeouts", Timeouts.DEFAULTS,
            "writeBuffer", WriteBuffer.DEFAULTS,
            "socket", SocketOptions.DEFAULTS,
            "proxyProtocol", ProxyProtocol.OFF,
            "filter", Filter.ALL);

    /** Option and default, as the page has them. */
    private static Map<String, String> documented() throws Exception {
        Map<String, String> rows = new LinkedHashMap<>();
        String page = Files.readString(ProjectFiles.guide().resolveSibling("reference.md"));
        String core = page.split("\n## Server\n", 2)[1].split("\n## ", 2)[0];
        for (Matcher row = ROW.matcher(core); row.find(); ) {
            assertThat(rows.put(row.group(1), row.group(2).strip()))
                    .as("only one row for " + row.group(1))
                    .isNull();
            assertThat(row.group(3)).isNotBlank();
        }
        return rows;
    }

    @Test
    void everyComponentOfAGroupHasARowWithItsDefault() throws Exception {
        Map<String, String> expected = new LinkedHashMap<>();
        for (Map.Entry<String, Record> group : GROUPS.entrySet()) {
            for (RecordComponent component : group.getValue().getClass().getRecordComponents()) {
                String option = group.getKey() + "." + component.getName();
                Object value = component.getAccessor().invoke(group.getValue());
                expected.put(option, BY_MACHINE.getOrDefault(option, written(value)));
            }
        }
        Map<String, String> inGroups = documented();
        inGroups.keySet().removeIf(option -> !option.contains("."));
        assertThat(inGroups).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    void everyMethodOfTheBuilderHasARow() throws Exception {
        TreeSet<String> methods = Arrays.stream(Server.Builder.class.getMethods())
                .filter(method -> method.getReturnType() == Server.Builder.class)
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .map(method -> method.getName())
                .collect(Collectors.toCollection(TreeSet::new));
        methods.removeAll(List.of("maxConnections", "idleTimeout")); // short for one component of a group
        TreeSet<String> rows = documented().keySet().stream()
                .filter(option -> !option.contains("."))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(rows).isEqualTo(methods);
    }

    @Test
    void theBuildersOwnDefaultsAreThoseOfThePage() throws Exception {
        ServerOptions options = Server.builder().options();
        Map<String, String> rows = documented();
        assertThat(rows)
                .containsEntry("name", "`" + options.name() + "`")
                .containsEntry("backlog", "`" + options.backlog() + "`")
                .containsEntry("loops", "`" + options.loops() + "`")
                .containsEntry("loopTimeout", written(options.loopTimeout()))
                .containsEntry("slowCallback", written(options.slowCallback()))
                .containsEntry("port", "`0`");
    }

    private static String written(Object value) {
        if (value == null || value.equals(List.of()) || value.equals(Map.of())) {
            return "none";
        } else if (value instanceof Duration time) {
            return "`"
                    + (time.toSeconds() % 60 == 0 && time.toSeconds() > 0
                            ? time.toMinutes() + "m"
                            : time.toMillis() % 1000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms")
                    + "`";
        } else if (value instanceof Integer size && size >= KIB && size % KIB == 0) {
            return "`" + (size % (KIB * KIB) == 0 ? size / KIB / KIB + "MiB" : size / KIB + "KiB") + "`";
        }
        return "`" + value + "`";
    }
}
