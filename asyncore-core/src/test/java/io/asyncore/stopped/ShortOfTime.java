package io.asyncore.stopped;

import io.asyncore.ChannelOptions;
import io.asyncore.Timeout;
import io.asyncore.chat.LineChat;
import io.asyncore.server.Server;
import io.asyncore.server.Ssl;
import io.asyncore.tls.Identity;
import java.net.InetAddress;
import java.net.StandardSocketOptions;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The program of {@link StoppedProcessTest}: echoes lines, to {@code fill} says more than a socket holds, to {@code tls} goes
 * on encrypted, to {@code take your time} has longer deadlines, and tells of every deadline that passes. Its argument is a key store. It ends with its standard input.
 */
final class ShortOfTime extends LineChat {

    static final int FILL = 2_000_000;

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofMillis(1_500);

    private ShortOfTime() {
        setOptions(ChannelOptions.DEFAULTS
                .withIdleTimeout(TIMEOUT)
                .withHandshakeTimeout(HANDSHAKE_TIMEOUT)
                .withMessageTimeout(TIMEOUT)
                .withWriteStallTimeout(TIMEOUT));
    }

    @Override
    protected void handleConnect() throws Exception {
        socket().setOption(StandardSocketOptions.SO_SNDBUF, 64 * 1024);
    }

    @Override
    protected void handleLine(String line) {
        if (line.equals("take your time")) {
            setOptions(ChannelOptions.DEFAULTS.withTls(options().tls()).withHandshakeTimeout(Duration.ofMinutes(1)));
        } else if (line.equals("tls")) {
            pushLine("go ahead");
            startTls();
        } else if (line.equals("fill")) {
            setOptions(options().withIdleTimeout(null)); // who reads is not idle
            pushLine("x".repeat(FILL));
        } else {
            pushLine(line);
        }
    }

    @Override
    protected void handleTimeout(Timeout timeout) throws Exception {
        System.out.println("deadline " + timeout);
        super.handleTimeout(timeout);
    }

    public static void main(String[] arguments) throws Exception {
        try (Server server = Server.builder()
                .address(InetAddress.getLoopbackAddress())
                .handler(ShortOfTime::new)
                .ssl(Ssl.keyStore(Path.of(arguments[0]), Identity.PASSWORD).withStartTls())
                .start()) {
            System.out.println("process " + ProcessHandle.current().pid() + " listens on port " + server.port());
            while (System.in.read() >= 0) {
                // nobody says anything
            }
        }
    }
}
