package io.asyncore.server;

import io.asyncore.chat.LineChat;
import io.asyncore.transport.proxy.ProxiedTransport;
import io.asyncore.transport.proxy.ProxyHeader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A server behind a proxy on this machine that tells each client its address. */
final class ProxiedServer implements AutoCloseable {

    private final List<ProxyHeader> headers = new CopyOnWriteArrayList<>();
    private final List<RejectReason> rejected = new CopyOnWriteArrayList<>();
    private final Server server;

    ProxiedServer() throws IOException {
        this(null);
    }

    /** @param ssl if the proxy passes TLS on */
    ProxiedServer(@Nullable Ssl ssl) throws IOException {
        server = Server.builder()
                .address(InetAddress.getLoopbackAddress())
                .handler(Who::new)
                .proxyProtocol(ProxyProtocol.required("127.0.0.0/8"))
                .ssl(ssl)
                .listener(new ServerListener() {
                    @Override
                    public void onRejected(SocketAddress peer, RejectReason reason) {
                        rejected.add(reason);
                    }
                })
                .start();
    }

    int port() {
        return server.port();
    }

    /** What the proxy has told of those who came in. */
    List<ProxyHeader> headers() {
        return headers;
    }

    /** Why others did not. */
    List<RejectReason> rejected() {
        return rejected;
    }

    @Override
    public void close() {
        server.close();
    }

    private final class Who extends LineChat {

        @Override
        protected void handleConnect() {
            ProxiedTransport proxied = socket().unwrap(ProxiedTransport.class);
            if (proxied != null) {
                headers.add(proxied.header());
            }
        }

        @Override
        protected void handleLine(String line) {
            pushLine(line + " " + address());
        }
    }
}
