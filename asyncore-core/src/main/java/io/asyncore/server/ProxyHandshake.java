package io.asyncore.server;

import io.asyncore.CloseReason;
import io.asyncore.TracksInterest;
import io.asyncore.transport.proxy.ProxyHeader;
import io.asyncore.transport.proxy.ProxyHeaderException;
import io.asyncore.transport.proxy.ProxyHeaderParser;
import java.lang.reflect.UndeclaredThrowableException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Reads the header with which a proxy says whose connection it is. On the thread of the connection's loop. */
@TracksInterest
final class ProxyHandshake extends Handshake {

    private final ProxyHeaderParser parser;
    private final Duration timeout;

    ProxyHandshake(Arrival arrival, ServerOptions options) {
        super(arrival, RejectReason.PROXY);
        parser = new ProxyHeaderParser(options.proxyProtocol().headerLength());
        timeout = options.timeouts().proxyHeader();
    }

    @Override
    protected void handleConnect() {
        callLater(timeout, this::late);
    }

    @Override
    protected void handleRead() throws Exception {
        ByteBuffer input = recv();
        try {
            ProxyHeader header = parser.feed(input);
            noteHeldInput(parser.length());
            if (header != null) {
                arrival.identified(map().loop(), letGo(), header, input);
            }
        } catch (ProxyHeaderException e) {
            refuse(String.valueOf(e.getMessage()));
        }
    }

    @Override
    boolean hasHeard() {
        return parser.length() > 0;
    }

    /** What has arrived by now counts. */
    private void late() {
        try {
            handleRead();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new UndeclaredThrowableException(e);
        }
        if (!isClosed()) {
            refuse("it was not complete within " + timeout);
        }
    }

    private void refuse(String why) {
        warnSparingly("PROXY", "no PROXY header from " + address() + ", closing: " + why);
        end(CloseReason.PROXY_FAILED);
    }
}
