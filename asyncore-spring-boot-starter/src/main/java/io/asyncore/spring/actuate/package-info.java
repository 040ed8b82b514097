/** Publishes what the servers do, to those who operate the application. Needs Micrometer, which is optional. */
@NullMarked
package io.asyncore.spring.actuate;

import org.jspecify.annotations.NullMarked;
