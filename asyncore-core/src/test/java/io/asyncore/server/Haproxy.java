package io.asyncore.server;

import io.asyncore.descriptors.Await;
import io.asyncore.interop.Installed;
import io.asyncore.interop.Program;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real HAProxy in front of a server, on a free port of the loopback address. */
final class Haproxy implements AutoCloseable {

    private final int port;
    private final Program program;

    private Haproxy(int port, Program program) {
        this.port = port;
        this.program = program;
    }

    /**
     * Starts one, or skips the test where there is none.
     *
     * @param bind options of its listening side
     * @param server options of its side towards the server
     */
    static Haproxy inFrontOf(int serverPort, Path directory, String bind, String server) throws Exception {
        String haproxy = Installed.orSkip("haproxy");
        int port = freePort();
        Path configuration = Files.writeString(
                directory.resolve("haproxy.cfg"),
                String.format("""
                defaults
                    mode tcp
                    timeout connect 10s
                    timeout client 20s
                    timeout server 20s
                frontend front
                    bind %s
                    unique-id-format %%[src_port]-unique
                    default_backend back
                backend back
                    server one 127.0.0.1:%d %s
                """, bind.replace("PORT", Integer.toString(port)), serverPort, server));
        Program program = Program.start(List.of(haproxy, "-db", "-f", configuration.toString()));
        Haproxy started = new Haproxy(port, program);
        Await.until("HAProxy listens", started::listens);
        return started;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private boolean listens() throws IOException {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (ConnectException notYet) {
            return false;
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        program.close();
    }
}
