/** Lets servers take turns under the same loads, and makes a table and a plot of what came of it. */
@NullMarked
package io.asyncore.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
