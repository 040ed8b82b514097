package io.asyncore.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.beans.factory.annotation.Value;

/**
 * Injects the port that the default server listens on, into a field or a parameter of a test.
 *
 * <p>It is short for {@code @Value("${local.asyncore.server.port}")}; that of a named server is {@code
 * @Value("${local.asyncore.servers.chat.port}")}. There is none before the servers have started: what is injected into the
 * application's own beans is too early for it.
 */
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Value("${local.asyncore.server.port}")
public @interface LocalAsyncorePort {}
