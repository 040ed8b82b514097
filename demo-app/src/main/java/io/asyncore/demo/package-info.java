/**
 * A Spring Boot application that speaks TCP: an echo server, a chat, and a REST call that says something into the chat.
 *
 * <p>Two classes are annotated with {@code @AsyncoreHandler}, two ports are set in {@code application.yaml}; the rest
 * is an ordinary Spring Boot application.
 */
@NullMarked
package io.asyncore.demo;

import org.jspecify.annotations.NullMarked;
