/**
 * What tests of a Spring Boot application need for its asyncore servers.
 *
 * <p>In every {@code @SpringBootTest} the servers listen on free ports, unless the test sets a port itself or asks for {@code
 * DEFINED_PORT}: the contexts that the test framework keeps never get in each other's way. {@link
 * io.asyncore.spring.test.LocalAsyncorePort} tells the port, and {@link io.asyncore.spring.test.AsyncoreTestClients}, a bean of
 * these contexts, connects to it.
 */
@NullMarked
package io.asyncore.spring.test;

import org.jspecify.annotations.NullMarked;
