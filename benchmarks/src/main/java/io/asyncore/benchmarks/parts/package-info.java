/** JMH benchmarks of the parts that run for every byte, message or turn. They use the public API alone. */
@NullMarked
package io.asyncore.benchmarks.parts;

import org.jspecify.annotations.NullMarked;
