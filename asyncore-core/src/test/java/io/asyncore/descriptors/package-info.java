/**
 * What the library takes from the system, and that it gives it back: descriptors, ports, pollers, threads and direct
 * memory.
 *
 * <p>Everything is looked at from outside, where the system shows it: {@link io.asyncore.descriptors.OpenDescriptors}
 * reads {@code /proc}, and a program that is to run out of descriptors is a child process with a limit of its own. Where
 * a system shows none of that, those tests are skipped and say so. The helpers here serve the tests of files and servers
 * too.
 */
@NullMarked
package io.asyncore.descriptors;

import org.jspecify.annotations.NullMarked;
