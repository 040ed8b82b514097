package io.asyncore.behaviour;

import io.asyncore.CloseReason;
import io.asyncore.DispatcherWithSend;
import io.asyncore.server.Server;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;

/** Passes on to its twin what it receives: one of the two has the client, the other one the target. */
public class Proxy extends DispatcherWithSend {

    private final SocketAddress target;
    private Proxy twin;
    private boolean ended;

    Proxy(SocketAddress target) {
        this.target = target;
    }

    /** A client is there, and is not read before the target is there too. */
    @Override
    protected void handleConnect() throws Exception {
        if (twin == null) {
            pauseReading();
            twin = new Proxy(target);
            twin.twin = this;
            twin.setOptions(options());
            twin.createSocket();
            twin.connect(target);
        } else {
            twin.resumeReading();
        }
    }

    @Override
    protected void handleRead() throws Exception {
        twin.send(recv());
    }

    /** What waits here came from the twin. */
    @Override
    protected void handleBackpressure() {
        twin.pauseReading();
    }

    @Override
    protected void handleDrained() {
        twin.resumeReading();
    }

    /** One direction has ended; the other one goes on until it ends as well. */
    @Override
    protected void handleEof() throws Exception {
        ended = true;
        twin.shutdownOutput();
        if (twin.ended) {
            closeWhenDone();
            twin.closeWhenDone();
        }
    }

    /** A pair is done when both directions have ended, and nobody else can know that. */
    @Override
    protected void handleDrain(Duration grace) {}

    /** Whatever ends one ends the other, and what was cut off must not look complete. */
    @Override
    public void close() {
        super.close();
        if (twin != null && !twin.isClosed()) {
            if (closeReason() == CloseReason.LOCAL || closeReason() == CloseReason.CONNECT_FAILED) {
                twin.closeWhenDone();
            } else {
                twin.abort();
            }
        }
    }

    public static void main(String[] args) throws Exception {
        SocketAddress target = new InetSocketAddress(args[1], Integer.parseInt(args[2]));
        try (Server server = Server.builder()
                .port(Integer.parseInt(args[0]))
                .handler(() -> new Proxy(target))
                .start()) {
            System.out.println("listening on port " + server.port());
            server.join();
        }
    }
}
