package io.asyncore.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncore.ChannelMap;
import io.asyncore.ChannelOptions;
import io.asyncore.CloseReason;
import io.asyncore.Dispatcher;
import io.asyncore.FileDispatcher;
import io.asyncore.FileWrapper;
import io.asyncore.SocketType;
import io.asyncore.transport.tls.EngineSource;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS in mid-conversation. */
class StartTlsTest {

    private static final int PATIENCE = 20_000;

    private final SSLContext server = Identity.localhost().context();
    private final SSLContext client = Identity.trustingContext(Identity.localhost());
    private final ChannelOptions options = ChannelOptions.DEFAULTS.withTls(EngineSource.of(server));
    private final List<MailHandler> mails = new ArrayList<>();

    private Supplier<MailHandler> mail() {
        return () -> {
            MailHandler handler = new MailHandler();
            mails.add(handler);
            return handler;
        };
    }

    /** What somebody put behind STARTTLS, before the encryption, is not executed after it. */
    @Test
    void bytesInPlainTextBehindItAreDropped() throws Exception {
        try (Host host = Host.plain(options, mail());
                Socket socket = new Socket("127.0.0.1", host.port())) {
            socket.setSoTimeout(PATIENCE);
            say(socket, "EHLO me\r\nSTARTTLS\r\nRSET\r\nMAIL FRO");
            BufferedReader plain = reader(socket);
            assertThat(List.of(plain.readLine(), plain.readLine(), plain.readLine(), plain.readLine()))
                    .containsExactly("220 ready", "250-hello", "250 STARTTLS", "220 go ahead");
            SSLSocket secure = over(socket);
            say(secure, "NOOP\r\n");
            assertThat(reader(secure).readLine()).isEqualTo("250 NOOP over TLS");
            assertThat(mails.get(0).commands).containsExactly("EHLO ME", "STARTTLS", "NOOP");
        }
    }

    private static void say(Socket socket, String text) throws Exception {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static BufferedReader reader(Socket socket) throws Exception {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    private SSLSocket over(Socket socket) throws Exception {
        return (SSLSocket) client.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
    }

    @Test
    void aClientLooksAtTheName() throws Exception {
        try (Host host = Host.tls(server, Talker::echo)) {
            Talker talker = host.connect(() -> {
                Talker each = new Talker();
                each.onConnect = fresh -> fresh.startTls(client, "other.example", host.port());
                return each;
            });
            host.await(talker::isClosed);
            assertThat(talker.closeReason()).isEqualTo(CloseReason.TLS_FAILED);
            assertThat(talker.notes).containsExactly("connect", "tls failed", "close");
            assertThat(talker.failures.get(0)).hasMessageContaining("other.example");
        }
    }

    @Test
    void aClientTrustsNobodyByItself() throws Exception {
        try (Host host = Host.tls(server, Talker::echo)) {
            Talker talker = host.connect(() -> {
                Talker each = new Talker();
                each.onConnect = fresh -> fresh.startTls(
                        Identity.trustingContext(Identity.host("somebody.example")), "localhost", host.port());
                return each;
            });
            host.await(talker::isClosed);
            assertThat(talker.closeReason()).isEqualTo(CloseReason.TLS_FAILED);
        }
    }

    @Test
    void withoutEnginesItSaysWhatToDo() throws Exception {
        Talker talker = new Talker();
        try (Host host = Host.plain(ChannelOptions.DEFAULTS, () -> talker)) {
            talker.onConnect = Dispatcher::startTls;
            try (Socket socket = new Socket("127.0.0.1", host.port())) {
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(talker.failures.get(0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("withTls")
                    .hasMessageContaining("TLS options");
        }
    }

    @Test
    void notTwiceAndNotWhenItEnds() throws Exception {
        Talker talker = new Talker();
        try (Host host = Host.plain(options, () -> talker);
                Socket socket = new Socket("127.0.0.1", host.port())) {
            assertThat(socket.isConnected()).isTrue();
            host.await(() -> talker.notes.contains("connect"));
            host.call(() -> {
                talker.startTls();
                assertThatThrownBy(talker::startTls)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("already");
                talker.close();
                assertThatThrownBy(talker::startTls).isInstanceOf(IllegalStateException.class);
                return null;
            });
        }
    }

    @Test
    void onlyStreams(@TempDir Path directory) throws Exception {
        ChannelMap map = new ChannelMap();
        Dispatcher datagrams = new Dispatcher(map);
        datagrams.createSocket(StandardProtocolFamily.INET, SocketType.DATAGRAM);
        assertThatThrownBy(() -> datagrams.startTls(Host.serverEngine(server)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("stream socket");
        datagrams.close();
        Path file = Files.createFile(directory.resolve("file"));
        FileDispatcher dispatcher = new FileDispatcher(FileWrapper.forReading(file), map);
        assertThatThrownBy(() -> dispatcher.startTls(Host.serverEngine(server)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("stream socket");
        dispatcher.close();
    }

    @Test
    void tasksRunElsewhereAndMayBeRejected() throws Exception {
        List<String> threads = new CopyOnWriteArrayList<>();
        Talker talker = new Talker();
        talker.onConnect = each -> each.startTls(Host.serverEngine(server), task -> {
            Thread thread = new Thread(
                    () -> {
                        threads.add(Thread.currentThread().getName());
                        task.run();
                    },
                    "elsewhere");
            thread.start();
        });
        try (Host host = Host.plain(options, () -> talker);
                SSLSocket socket = over(new Socket("127.0.0.1", host.port()))) {
            socket.setSoTimeout(PATIENCE);
            socket.startHandshake();
            host.await(() -> talker.notes.contains("tls"));
            assertThat(threads).isNotEmpty().containsOnly("elsewhere");
        }
        Talker unlucky = new Talker();
        unlucky.onConnect = each -> each.startTls(Host.serverEngine(server), task -> {
            throw new RejectedExecutionException("full");
        });
        try (Host host = Host.plain(options, () -> unlucky)) {
            Talker peer = host.connect(() -> {
                Talker each = new Talker();
                each.onConnect = fresh -> fresh.startTls(client, "localhost", host.port());
                return each;
            });
            host.await(() -> peer.isClosed() && !peer.notes.contains("tls"));
            host.await(unlucky::isClosed);
            assertThat(unlucky.closeReason()).isEqualTo(CloseReason.TLS_FAILED);
            assertThat(unlucky.failures.get(0)).hasMessageContaining("executor");
        }
    }
}
