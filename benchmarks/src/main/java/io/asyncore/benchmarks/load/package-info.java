/**
 * What keeps a server busy: a closed loop of messages over a number of connections, connections that come and go, and ones
 * that do nothing. Every byte that comes back is compared with what was sent.
 */
@NullMarked
package io.asyncore.benchmarks.load;

import org.jspecify.annotations.NullMarked;
