/**
 * Regular files, FIFOs, pipes of a child process and standard input, each by a {@link io.asyncore.FileDispatcher}.
 *
 * <p>Files, FIFOs and processes are real. What matters most is what must not happen: the loop does not wait while an
 * open, a read or a close does, nothing that {@code send} took is lost, and neither a thread nor a descriptor is left
 * over. {@link io.asyncore.file.Collector} and {@link io.asyncore.file.Feeder} are the two programs that everybody writes:
 * one that reads a file to its end, one that writes all it has.
 */
@NullMarked
package io.asyncore.file;

import org.jspecify.annotations.NullMarked;
