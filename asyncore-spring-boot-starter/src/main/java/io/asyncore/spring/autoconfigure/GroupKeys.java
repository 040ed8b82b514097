package io.asyncore.spring.autoconfigure;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/** The keys that there are, by the group that they are in: what to tell somebody who has written another one. */
final class GroupKeys {

    static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("asyncore");

    private GroupKeys() {}

    /** Whether the name is a key of ours, or could have been meant to be one. */
    static boolean isOurs(ConfigurationPropertyName name) {
        return PREFIX.isAncestorOf(name);
    }

    /** A sentence about the keys of the group that the name is in, or of the one above if there is no such group. */
    static String around(ConfigurationPropertyName name) {
        ConfigurationPropertyName group = name.getParent();
        while (group.getNumberOfElements() > 1 && type(group).isEmpty()) {
            group = group.getParent();
        }
        return of(group);
    }

    /** A sentence about the keys of a group. */
    static String of(ConfigurationPropertyName group) {
        String keys = type(group).stream()
                .filter(Class::isRecord)
                .flatMap(type -> Arrays.stream(type.getRecordComponents()))
                .map(component -> DataObjectPropertyName.toDashedForm(component.getName()))
                .sorted()
                .collect(Collectors.joining(", "));
        return "Under " + group + " there are: " + (keys.isEmpty() ? "the names of servers" : keys) + ".";
    }

    /** The record that a group of keys is bound to. */
    static Optional<Class<?>> type(ConfigurationPropertyName group) {
        return find(group).filter(GroupKeys::isGroup);
    }

    /** What a key's value is bound to, if it is a key and no group. */
    static Optional<Class<?>> valueType(ConfigurationPropertyName key) {
        return find(key).filter(type -> !isGroup(type));
    }

    private static boolean isGroup(Class<?> type) {
        return type.isRecord() || type == Map.class;
    }

    private static Optional<Class<?>> find(ConfigurationPropertyName group) {
        Class<?> type = AsyncoreProperties.class;
        for (int i = 1; i < group.getNumberOfElements() && type != null; i++) {
            type = type == Map.class
                    ? AsyncoreProperties.Server.class
                    : componentType(type, group.getElement(i, Form.UNIFORM));
        }
        return Optional.ofNullable(type);
    }

    private static @Nullable Class<?> componentType(Class<?> record, String key) {
        return !record.isRecord()
                ? null
                : Arrays.stream(record.getRecordComponents())
                        .filter(component -> component.getName().equalsIgnoreCase(key))
                        .findFirst()
                        .<Class<?>>map(component -> component.getType())
                        .orElse(null);
    }
}
