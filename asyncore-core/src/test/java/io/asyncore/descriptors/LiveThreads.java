package io.asyncore.descriptors;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The threads of this process, by name. */
public final class LiveThreads {

    /** They serve all loops of the process, and stay for some seconds after the last work. */
    private static final Pattern SHARED = Pattern.compile("asyncore-(tls|offload)-\\d+");

    private LiveThreads() {}

    /** The names of those whose name begins so, but for those that belong to nobody. */
    public static List<String> named(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(prefix) && !SHARED.matcher(name).matches())
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
