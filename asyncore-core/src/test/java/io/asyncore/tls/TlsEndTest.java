package io.asyncore.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncore.CloseReason;
import io.asyncore.transport.Transport;
import io.asyncore.transport.tls.PlainTextException;
import io.asyncore.transport.tls.TlsTransport;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How TLS connections end, with the JDK's own sockets at the other end. */
class TlsEndTest {

    private static final int PATIENCE = 20_000;

    private final SSLContext server = Identity.localhost().context();
    private final SSLContext client = Identity.trustingContext(Identity.localhost());
    private final Talker talker = new Talker();

    /** A plain socket, and TLS over it. */
    private SSLSocket connect(Socket below, String protocol) throws IOException {
        below.setSoTimeout(PATIENCE);
        SSLSocket socket =
                (SSLSocket) client.getSocketFactory().createSocket(below, "localhost", below.getPort(), true);
        socket.setEnabledProtocols(new String[] {protocol});
        socket.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void anEndThatWasAnnounced(String protocol) throws Exception {
        try (Host host = Host.tls(server, () -> talker);
                Socket below = new Socket("127.0.0.1", host.port())) {
            connect(below, protocol).close();
            host.await(talker::isClosed);
            assertThat(talker.text()).isEqualTo("hello");
            assertThat(talker.notes).contains("eof");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void anEndThatWasNot(String protocol) throws Exception {
        try (Host host = Host.tls(server, () -> talker);
                Socket below = new Socket("127.0.0.1", host.port())) {
            SSLSocket socket = connect(below, protocol);
            host.await(() -> talker.text().equals("hello"));
            assertThat(socket.isConnected()).isTrue();
            below.shutdownOutput();
            host.await(talker::isClosed);
            assertThat(talker.closeReason()).isEqualTo(CloseReason.TRUNCATED);
            assertThat(talker.notes).containsExactly("connect", "tls", "close");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void ourEndIsAnnounced(String protocol) throws Exception {
        talker.onRead = each -> {
            each.send("bye".getBytes(StandardCharsets.US_ASCII));
            each.close();
        };
        try (Host host = Host.tls(server, () -> talker);
                Socket below = new Socket("127.0.0.1", host.port());
                SSLSocket socket = connect(below, protocol)) {
            assertThat(socket.getInputStream().readAllBytes()).isEqualTo("bye".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void anAbortIsNot() throws Exception {
        talker.onRead = Talker::abort;
        try (Host host = Host.tls(server, () -> talker);
                Socket below = new Socket("127.0.0.1", host.port());
                SSLSocket socket = connect(below, "TLSv1.3")) {
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IOException.class);
        }
    }

    /** TLS 1.3: the peer has ended, and still gets everything. */
    @Test
    void halfClose() throws Exception {
        byte[] much = new byte[2_000_000];
        Arrays.fill(much, (byte) 'x');
        talker.onEof = each -> {
            each.send(much);
            each.closeWhenDone();
        };
        try (Host host = Host.tls(server, () -> talker);
                Socket below = new Socket("127.0.0.1", host.port());
                SSLSocket socket = connect(below, "TLSv1.3")) {
            socket.shutdownOutput();
            assertThat(socket.getInputStream().readAllBytes()).hasSize(much.length);
            host.await(talker::isClosed);
            assertThat(talker.closeReason()).isEqualTo(CloseReason.LOCAL);
        }
    }

    /** Everything and the end of it reach a peer that begins to read late. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void closeWhenDoneWaitsForASlowPeer(String protocol) throws Exception {
        byte[] much = new byte[6_000_000];
        Arrays.fill(much, (byte) 'x');
        talker.onRead = each -> {
            each.send(much);
            each.closeWhenDone();
        };
        try (Host host = Host.tls(server, () -> talker);
                Socket below = new Socket("127.0.0.1", host.port());
                SSLSocket socket = connect(below, protocol)) {
            host.await(() -> talker.text().equals("hello") && talker.outBufferSize() > 0);
            assertThat(socket.getInputStream().readAllBytes()).hasSize(much.length);
            host.await(talker::isClosed);
            assertThat(talker.closeReason()).isEqualTo(CloseReason.LOCAL);
        }
    }

    @Test
    void plainTextIsRecognised() throws Exception {
        try (Host host = Host.tls(server, () -> talker);
                Socket socket = new Socket("127.0.0.1", host.port())) {
            socket.setSoTimeout(PATIENCE);
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            host.await(talker::isClosed);
            assertThat(talker.failures).hasOnlyElementsOfType(PlainTextException.class);
            assertThat(talker.closeReason()).isEqualTo(CloseReason.TLS_FAILED);
            assertThat(talker.notes).containsExactly("connect", "tls failed", "close");
        }
    }

    @Test
    void anEndBeforeTheHandshakeIsDone() throws Exception {
        try (Host host = Host.tls(server, () -> talker)) {
            new Socket("127.0.0.1", host.port()).close();
            host.await(talker::isClosed);
            assertThat(talker.closeReason()).isEqualTo(CloseReason.TLS_FAILED);
        }
    }

    /** The handshake had one dispatcher, the conversation has another; what arrives between them is not lost. */
    @Test
    void aSessionMayBeHandedOn() throws Exception {
        Talker second = Talker.echo();
        Talker first = new Talker();
        try (Host host = Host.tls(server, () -> first)) {
            first.onTls = each -> {
                Transport released = each.detach();
                host.loop.attach(second, released, each.options());
            };
            try (Socket below = new Socket("127.0.0.1", host.port());
                    SSLSocket socket = connect(below, "TLSv1.3")) {
                assertThat(socket.getInputStream().readNBytes(5))
                        .isEqualTo("hello".getBytes(StandardCharsets.US_ASCII));
                assertThat(first.isClosed()).isTrue();
                assertThat(first.closeReason()).isEqualTo(CloseReason.LOCAL);
                assertThat(first.notes).containsExactly("connect", "tls");
                assertThat(second.notes).containsExactly("connect");
                assertThat(host.<TlsTransport>call(() -> second.socket().unwrap(TlsTransport.class))
                                .isEstablished())
                        .isTrue();
                assertThat(host.loop.map().size()).isEqualTo(2);
            }
        }
    }
}
