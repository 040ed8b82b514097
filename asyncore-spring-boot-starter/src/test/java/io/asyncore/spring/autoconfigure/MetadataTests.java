package io.asyncore.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** What an editor and the reference tell about the keys. */
class MetadataTests {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| ([^|]*) \\| ([^|]+) \\|$");

    /** Defaults that no annotation can tell: they depend on the machine, or on the server. */
    private static final Map<String, String> COMPUTED = Map.of(
            "asyncore.server.port", "9001",
            "asyncore.server.limits.connections", "10000");

    @Test
    void everyKeyHasADescription() {
        assertThat(metadata().keySet()).isEqualTo(keys().collect(Collectors.toCollection(TreeSet::new)));
        metadata()
                .forEach((key, property) -> assertThat(description(property))
                        .as(key)
                        .isNotBlank()
                        .endsWith(".")
                        .hasSizeGreaterThan(10));
    }

    @Test
    void everyGroupHasADescription() {
        assertThat(list("groups"))
                .hasSizeGreaterThan(9)
                .allSatisfy(group -> assertThat(description(group))
                        .as(String.valueOf(group.get("name")))
                        .endsWith("."));
        assertThat(list("groups")).extracting(group -> group.get("name")).doesNotHaveDuplicates();
    }

    @Test
    void everyDefaultIsTold() {
        Map<String, String> defaults = new TreeMap<>(COMPUTED);
        parameters(AsyncoreProperties.class, "asyncore.").forEach((key, parameter) -> {
            DefaultValue value = parameter.getAnnotation(DefaultValue.class);
            if (value != null && value.value().length == 1) {
                defaults.put(key, value.value()[0]);
            }
        });
        defaults.forEach((key, value) ->
                assertThat(defaultValue(metadata().get(key))).as(key).isEqualTo(value));
        assertThat(defaults).hasSizeGreaterThan(25);
    }

    @Test
    void theHandlerIsABeanAndTheEditorMayOfferIt() {
        assertThat(list("hints"))
                .anySatisfy(hint -> assertThat(hint)
                        .containsEntry("name", "asyncore.server.handler")
                        .extractingByKey("providers")
                        .asString()
                        .contains("spring-bean-reference"));
    }

    @Test
    void theKeysOfEndpointAndHealthAreToldToo() {
        assertThat(metadata("management.").keySet())
                .containsExactly(
                        "management.endpoint.asyncore.access",
                        "management.endpoint.asyncore.cache.time-to-live",
                        "management.health.asyncore.enabled");
        assertThat(defaultValue(metadata("management.").get("management.endpoint.asyncore.access")))
                .isEqualTo("read_only");
    }

    @Test
    void theReferenceHasEveryKeyWithItsDefault() throws IOException {
        Map<String, String> told = new TreeMap<>();
        for (Matcher row = ROW.matcher(reference()); row.find(); ) {
            told.put(row.group(1), row.group(2).replace("`", "").strip());
            assertThat(row.group(3)).as(row.group(1)).isNotBlank();
        }
        Map<String, String> expected = new TreeMap<>();
        metadata().forEach((key, property) -> {
            if (!key.equals("asyncore.servers")) {
                expected.put(key.replaceFirst("^asyncore\\.server\\.", ""), defaultValue(property));
            }
        });
        assertThat(told.keySet()).isEqualTo(expected.keySet());
        expected.forEach((key, value) -> {
            if (!value.isEmpty()) {
                assertThat(told.get(key)).as(key).startsWith(value);
            }
        });
    }

    private static String reference() throws IOException {
        Path file = Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("../docs/reference.md");
        String text = Files.readString(file);
        String section = text.substring(text.indexOf("## Spring Boot properties"));
        int next = section.indexOf("\n## ", 3);
        return next < 0 ? section : section.substring(0, next);
    }

    private static Stream<String> keys() {
        return OptionKeysTests.keys(AsyncoreProperties.class, "asyncore.");
    }

    private static Map<String, Parameter> parameters(Class<?> type, String prefix) {
        Map<String, Parameter> all = new TreeMap<>();
        for (Parameter parameter : type.getDeclaredConstructors()[0].getParameters()) {
            String key = prefix + DataObjectPropertyName.toDashedForm(parameter.getName());
            if (parameter.getType().isRecord()) {
                all.putAll(parameters(parameter.getType(), key + "."));
            } else {
                all.put(key, parameter);
            }
        }
        return all;
    }

    private static String description(Map<String, Object> property) {
        return Objects.toString(property.get("description"), "");
    }

    private static String defaultValue(@Nullable Map<String, Object> property) {
        return property == null ? "no such key" : Objects.toString(property.get("defaultValue"), "");
    }

    private static Map<String, Map<String, Object>> metadata() {
        return metadata("asyncore.");
    }

    private static Map<String, Map<String, Object>> metadata(String prefix) {
        return list("properties").stream()
                .filter(each -> String.valueOf(each.get("name")).startsWith(prefix))
                .collect(Collectors.toMap(
                        each -> String.valueOf(each.get("name")),
                        Function.identity(),
                        (one, other) -> one,
                        TreeMap::new));
    }

    private static List<Map<String, Object>> list(String name) {
        try (InputStream in = MetadataTests.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            JSONArray all = new JSONObject(
                            new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8))
                    .getJSONArray(name);
            List<Map<String, Object>> list = new ArrayList<>();
            for (int i = 0; i < all.length(); i++) {
                list.add(map(all.getJSONObject(i)));
            }
            return list;
        } catch (IOException | JSONException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, Object> map(JSONObject object) throws JSONException {
        Map<String, Object> map = new TreeMap<>();
        for (Iterator<?> keys = object.keys(); keys.hasNext(); ) {
            String key = (String) keys.next();
            map.put(key, object.get(key));
        }
        return map;
    }
}
