/**
 * How fast the parts are that run for every byte or every turn. Each class measures one part with JMH; compare numbers of one
 * machine only.
 */
@NullMarked
package io.asyncore.benchmarks;

import org.jspecify.annotations.NullMarked;
