package io.asyncore;

import java.lang.reflect.Method;

/**
 * What a dispatcher class says by overriding: found once per class.
 *
 * @param askedEachTurn it overrides {@code readable()} or {@code writable()} and does not track its interest
 * @param handlesWrite it wants to be told that the kernel takes output, whether or not any is queued
 */
record ClassInterest(boolean askedEachTurn, boolean handlesWrite) {

    private static final ClassValue<ClassInterest> KNOWN = new ClassValue<>() {
        @Override
        protected ClassInterest computeValue(Class<?> type) {
            return examine(type);
        }
    };

    static ClassInterest of(Class<?> type) {
        return KNOWN.get(type);
    }

    private static ClassInterest examine(Class<?> type) {
        boolean readableTracked = isTracked(declaring(type, "readable"));
        Class<?> writableIn = declaring(type, "writable");
        boolean queueing = DispatcherWithSend.class.isAssignableFrom(type);
        boolean handlesWrite =
                !isOurs(declaring(type, "handleWrite")) && (!queueing || !isTracked(writableIn) || !isOurs(writableIn));
        boolean writableMatters = handlesWrite || queueing;
        return new ClassInterest(!readableTracked || (writableMatters && !isTracked(writableIn)), handlesWrite);
    }

    private static boolean isTracked(Class<?> declaring) {
        return declaring.isAnnotationPresent(TracksInterest.class);
    }

    private static boolean isOurs(Class<?> declaring) {
        return declaring == Dispatcher.class || declaring == DispatcherWithSend.class;
    }

    /** The most specific class with a method of this name and no parameters; {@link Dispatcher} has them all. */
    private static Class<?> declaring(Class<?> type, String method) {
        for (Class<?> c = type; c != null && c != Dispatcher.class; c = c.getSuperclass()) {
            for (Method declared : c.getDeclaredMethods()) {
                if (declared.getName().equals(method) && declared.getParameterCount() == 0) {
                    return c;
                }
            }
        }
        return Dispatcher.class;
    }
}
