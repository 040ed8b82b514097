package io.asyncore.spring;

import java.util.concurrent.Executor;

/**
 * Has the executor that runs what handlers {@code offload}. A bean of this type takes the place of the starter's own.
 *
 * <p>It is not itself an {@link Executor}, because an executor that is a bean would make Spring Boot withdraw the one that it
 * offers to the rest of the application.
 */
@FunctionalInterface
public interface AsyncoreExecutorProvider {

    /** The executor; the same each time. Any thread. */
    Executor getExecutor();
}
