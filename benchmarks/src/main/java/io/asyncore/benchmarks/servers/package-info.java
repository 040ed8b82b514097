/**
 * Servers that answer what they are sent, on one event loop each: asyncore, a bare selector loop, and what people use
 * otherwise, each written as its own examples do it. A server of a comparison runs in a process of its own, {@link
 * io.asyncore.benchmarks.servers.ServerProcess}.
 */
@NullMarked
package io.asyncore.benchmarks.servers;

import org.jspecify.annotations.NullMarked;
