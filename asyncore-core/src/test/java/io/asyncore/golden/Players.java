package io.asyncore.golden;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The scenarios of this package by their Python names: every static method that takes a stage only. */
final class Players {

    private static final List<Class<?>> SUBJECTS = List.of(
            Connecting.class,
            Accepting.class,
            Ending.class,
            Closing.class,
            Failing.class,
            Leaving.class,
            Receiving.class,
            Sending.class,
            Turns.class,
            Nesting.class);

    private final Map<String, Method> byName = new TreeMap<>();

    Players() {
        SUBJECTS.stream().flatMap(Players::scenarios).forEach(method -> {
            if (byName.put(pythonName(method), method) != null) {
                throw new IllegalStateException("two scenarios are called " + pythonName(method));
            }
        });
    }

    private static Stream<Method> scenarios(Class<?> subject) {
        return Arrays.stream(subject.getDeclaredMethods()).filter(Players::isScenario);
    }

    private static boolean isScenario(Method method) {
        return Modifier.isStatic(method.getModifiers())
                && !Modifier.isPrivate(method.getModifiers())
                && !method.isSynthetic()
                && Arrays.equals(method.getParameterTypes(), new Class<?>[] {Stage.class});
    }

    private static String pythonName(Method method) {
        return method.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    Map<String, Method> byName() {
        return byName;
    }

    /** Plays a scenario and returns its trace. */
    List<String> play(String name, Order order) throws Exception {
        Stage stage = new Stage(order);
        try {
            byName.get(name).invoke(null, stage);
            return stage.finish();
        } catch (InvocationTargetException e) {
            throw new AssertionError(name + " failed", e.getCause());
        } finally {
            stage.clear();
        }
    }
}
