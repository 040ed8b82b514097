/**
 * Publishes what the servers do, to those who operate the application: meters, health, an endpoint. Each needs a part of Spring
 * Boot that is optional.
 */
@NullMarked
package io.asyncore.spring.actuate;

import org.jspecify.annotations.NullMarked;
