package io.asyncore;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of a class that the answers of the {@code readable()} and {@code writable()} which it declares change only
 * through something that happens to the channel (a callback, a send, a gate) or that it calls
 * {@link Dispatcher#interestChanged()} when they change otherwise.
 *
 * <p>Such a class is asked after something happened. Any other class that overrides one of the two is asked in every
 * turn of the loop, as in Python: always right, and a cost that grows with the number of channels.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface TracksInterest {}
