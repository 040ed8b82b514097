/** Tests of the tools that this module gives to others; what the tools say about the core is in {@code behaviour}. */
@NullMarked
package io.asyncore.test;

import org.jspecify.annotations.NullMarked;
