/**
 * CPython's own test cases for {@code asyncore} and {@code asynchat}, told again in Java.
 *
 * <p>Every test method here stands for one case of {@code test_asyncore.py} or {@code test_asynchat.py}: those of Python
 * 3.11 and those that only 2.7 has. The names are the originals' in camel case, the classes are named after theirs, and
 * they run in the same matrix: IPv4, IPv6 and Unix-domain sockets, each in both dispatch orders. Sockets, files and
 * threads are real; where the original replaced something by a stub, the situation is brought about for real.
 *
 * <p>Which original is told by which method, and what is different about it, is listed in
 * {@code docs/coming-from-python.md}; {@link io.asyncore.cpython.CoveredTestsTest} keeps that list honest.
 */
@NullMarked
package io.asyncore.cpython;

import org.jspecify.annotations.NullMarked;
