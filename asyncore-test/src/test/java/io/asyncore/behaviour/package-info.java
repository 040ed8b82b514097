/**
 * What the core does when bytes come in pieces, late, or not at all.
 *
 * <p>Everything here runs on the simulated network, most of it over thousands of seeds. A {@code Simulation} is one such
 * run; a {@code Life} watches the callbacks of one dispatcher and a {@code Ledger} those of a whole loop, and both fail
 * the moment something happens out of turn. Tests use what any program could use: the core's public and protected API.
 */
@NullMarked
package io.asyncore.behaviour;

import org.jspecify.annotations.NullMarked;
