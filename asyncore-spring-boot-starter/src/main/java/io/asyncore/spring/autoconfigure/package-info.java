/**
 * Turns configuration keys under {@code asyncore} into servers.
 *
 * <p>{@link io.asyncore.spring.autoconfigure.AsyncoreProperties} is what can be configured, {@code ServerSpecs} and {@code
 * ServerSettings} make of it what a server is told;
 * {@link io.asyncore.spring.autoconfigure.AsyncoreAutoConfiguration} contributes the servers, and
 * {@link io.asyncore.spring.autoconfigure.AsyncoreMetricsAutoConfiguration} their meters where Micrometer is used.
 */
@NullMarked
package io.asyncore.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
