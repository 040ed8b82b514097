package io.asyncore.cpython;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a chat, on a thread of its own and without this library: serves one client, collects what it says
 * until it says QUIT, and sends all of that back in pieces of a given size.
 *
 * <p>Each piece but the first waits until the client has asked for it, so that the client sees exactly these pieces.
 */
final class EchoPeer implements AutoCloseable {

    /** Ends what is echoed, and is not part of it. */
    static final String QUIT = "QUIT\n";

    private static final int PATIENCE_SECONDS = 20;

    private final ServerSocket listener;
    private final int pieceSize;
    private final Semaphore piecesAllowed = new Semaphore(1);
    private final CompletableFuture<String> heard = new CompletableFuture<>();
    private volatile @Nullable Socket accepted;
    private final Thread thread = new Thread(this::run, "echo peer");

    EchoPeer(int pieceSize) throws IOException {
        this.pieceSize = pieceSize;
        listener = new ServerSocket();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener.setSoTimeout(PATIENCE_SECONDS * 1000);
        thread.start();
    }

    SocketAddress address() {
        return listener.getLocalSocketAddress();
    }

    /** The client has taken a piece: the next may come. */
    void next() {
        piecesAllowed.release();
    }

    /** Holds the echo back, until {@link #next()}. */
    EchoPeer silent() {
        assertThat(piecesAllowed.tryAcquire()).isTrue();
        return this;
    }

    /** All that the client said before QUIT, once it has said so. */
    String heard() throws Exception {
        return heard.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void run() {
        try (Socket client = listener.accept()) {
            accepted = client;
            client.setTcpNoDelay(true);
            client.setSoTimeout(PATIENCE_SECONDS * 1000);
            String text = hear(client.getInputStream());
            heard.complete(text);
            echo(text.getBytes(StandardCharsets.ISO_8859_1), client.getOutputStream());
        } catch (IOException | InterruptedException e) {
            heard.completeExceptionally(e); // no effect if the client hung up during the echo, as it may
        }
    }

    private static String hear(InputStream input) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith(QUIT)) {
            int next = input.read();
            if (next < 0) {
                return bytes.toString(StandardCharsets.ISO_8859_1);
            }
            bytes.write(next);
        }
        String all = bytes.toString(StandardCharsets.ISO_8859_1);
        return all.substring(0, all.length() - QUIT.length());
    }

    private void echo(byte[] data, OutputStream output) throws IOException, InterruptedException {
        for (int start = 0; start < data.length; start += pieceSize) {
            if (!piecesAllowed.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
            output.write(Arrays.copyOfRange(data, start, Math.min(start + pieceSize, data.length)));
        }
    }

    /** Hangs up, whatever it was at. */
    @Override
    public void close() throws IOException {
        listener.close();
        Socket client = accepted;
        if (client != null) {
            client.close();
        }
        piecesAllowed.release();
        try {
            thread.join(PATIENCE_SECONDS * 1000L);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(thread.isAlive()).as("the echo peer has ended").isFalse();
    }
}
