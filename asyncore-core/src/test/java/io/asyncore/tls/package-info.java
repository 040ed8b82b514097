/**
 * TLS over real sockets, with the JDK, openssl and Python at the other end. Certificates are made when they are first needed,
 * with the JDK's keytool.
 */
@NullMarked
package io.asyncore.tls;

import org.jspecify.annotations.NullMarked;
