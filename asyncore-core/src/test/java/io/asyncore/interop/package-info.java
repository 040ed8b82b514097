/**
 * Proof that this asyncore and Python's speak the same way on the wire, and that the documentation's programs run.
 *
 * <p>Everything here starts real programs, as a reader of {@code docs/coming-from-python.md} would: the Java twins are
 * cut out of that page and compiled, the Python ones are run by whatever Python with asyncore is on the {@code PATH};
 * without one those tests are skipped and say so. {@link io.asyncore.interop.Program} holds a child process to a
 * deadline, {@link io.asyncore.interop.Python} finds the interpreter, {@link io.asyncore.interop.Markdown} and
 * {@link io.asyncore.interop.Compilation} turn a page into running code.
 */
@NullMarked
package io.asyncore.interop;

import org.jspecify.annotations.NullMarked;
