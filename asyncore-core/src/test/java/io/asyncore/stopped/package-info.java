/** What a process makes of the time in which it was stopped. */
@NullMarked
package io.asyncore.stopped;

import org.jspecify.annotations.NullMarked;
