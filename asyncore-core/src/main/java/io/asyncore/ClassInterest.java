package io.asyncore;

import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What a dispatcher class says by overriding: found once per class.
 *
 * @param askedEachTurn it overrides {@code readable()} or {@code writable()} and does not track its interest
 * @param plain both predicates are our own: what they say changes with the channel's state alone
 * @param handlesWrite it wants to be told that the kernel takes output, whether or not any is queued
 * @param writesLog it overrides {@code logInfo}, and wants to have what {@code handleError} logs
 * @param sendsAsOurs it does not override {@code send(ByteBuffer)}, through which it would see all its output
 */
record ClassInterest(
        boolean askedEachTurn, boolean plain, boolean handlesWrite, boolean writesLog, boolean sendsAsOurs) {

    static final String ACCEPTOR = "io.asyncore.server.Acceptor";

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
        Class<?> readableIn = declaring(type, "readable");
        Class<?> writableIn = declaring(type, "writable");
        boolean queueing = DispatcherWithSend.class.isAssignableFrom(type);
        boolean handlesWrite =
                !isOurs(declaring(type, "handleWrite")) && (!queueing || !isTracked(writableIn) || !isOurs(writableIn));
        boolean writableMatters = handlesWrite || queueing;
        boolean writesLog = !isOurs(declaring(type, "logInfo", String.class, String.class));
        return new ClassInterest(
                !isTracked(readableIn) || (writableMatters && !isTracked(writableIn)),
                isOurs(readableIn) && isOurs(writableIn),
                handlesWrite,
                writesLog,
                isOurs(declaring(type, "send", ByteBuffer.class)));
    }

    /** Those of every server are known by name: reading an annotation loads a hundred classes, 20 ms of a start. */
    private static boolean isTracked(Class<?> declaring) {
        return isOurs(declaring)
                || declaring.getName().equals(ACCEPTOR)
                || declaring.isAnnotationPresent(TracksInterest.class);
    }

    private static boolean isOurs(Class<?> declaring) {
        return declaring == Dispatcher.class || declaring == DispatcherWithSend.class;
    }

    /** The most specific class with this method, or ours, which have them all: looking into those takes 5 to 10 ms. */
    private static Class<?> declaring(Class<?> type, String method, Class<?>... parameters) {
        for (Class<?> c = type; c != null && !isOurs(c); c = c.getSuperclass()) {
            for (Method declared : c.getDeclaredMethods()) {
                if (declared.getName().equals(method) && Arrays.equals(declared.getParameterTypes(), parameters)) {
                    return c;
                }
            }
        }
        return Dispatcher.class;
    }
}
