package io.asyncore;

import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a channel was at a moment; see {@link EventLoop#snapshots()}. Immutable. What addresses say is the peer's word: show
 * them {@linkplain Escaped escaped}.
 *
 * @param id the channel's {@link Dispatcher#id()}
 * @param peer its {@link Dispatcher#address()}: the peer's, or a listener's own
 * @param local the address of this end, or null while there is none
 * @param handler the name of the channel's class
 * @param state NEW, CONNECTING, LISTENING, CONNECTED, CLOSING or CLOSED, as in {@link Dispatcher}'s picture
 * @param age since it had its socket
 * @param idle since input arrived last, or else since it had its socket
 * @param bytesIn bytes that it read
 * @param bytesOut bytes that its transport took
 * @param pendingOutput bytes that wait to be written
 * @param readingPaused true while a gate is closed: by {@code pauseReading()}, by unwritten output, or by work under way
 * @param tlsProtocol such as {@code TLSv1.3}, or null without TLS
 * @param tlsCipher the name of the cipher suite, or null without TLS
 * @param lastError what a callback has thrown last, escaped, or null if none has
 */
public record ChannelSnapshot(
        long id,
        @Nullable SocketAddress peer,
        @Nullable SocketAddress local,
        String handler,
        String state,
        Duration age,
        Duration idle,
        long bytesIn,
        long bytesOut,
        long pendingOutput,
        boolean readingPaused,
        @Nullable String tlsProtocol,
        @Nullable String tlsCipher,
        @Nullable String lastError) {}
