/**
 * How fast it is. {@code parts} measures with JMH what runs for every byte or every turn; {@code servers} are whole servers,
 * ours and others', {@code load} is what keeps them busy, and {@code compare} lets them take turns and makes a table of it.
 * Compare numbers of one machine and one run only.
 */
@NullMarked
package io.asyncore.benchmarks;

import org.jspecify.annotations.NullMarked;
