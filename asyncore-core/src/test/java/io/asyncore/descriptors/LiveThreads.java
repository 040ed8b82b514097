package io.asyncore.descriptors;

import java.util.Arrays;
import java.util.List;

/** The threads of this process, by name. */
public final class LiveThreads {

    private LiveThreads() {}

    /** The names of those whose name begins so. */
    public static List<String> named(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(prefix))
                .toList();
    }

    /** Waits until one whose name begins so is within a method of the class: for a call that does not return by itself. */
    public static void awaitCallOf(Class<?> type, String prefix) throws Exception {
        Await.until("a thread named " + prefix + " in a call of " + type, () -> isWithin(type, prefix));
    }

    private static boolean isWithin(Class<?> type, String prefix) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getKey().getName().startsWith(prefix))
                .flatMap(entry -> Arrays.stream(entry.getValue()))
                .anyMatch(frame -> frame.getClassName().equals(type.getName()));
    }

    /** Waits until none is left whose name begins so. */
    public static void awaitEndOf(String prefix) throws Exception {
        Await.until("the end of threads named " + prefix, () -> named(prefix).isEmpty());
    }
}
