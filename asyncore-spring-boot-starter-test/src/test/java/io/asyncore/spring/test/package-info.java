/** Tests of the test support, in contexts as the test framework makes them. */
@NullMarked
package io.asyncore.spring.test;

import org.jspecify.annotations.NullMarked;
