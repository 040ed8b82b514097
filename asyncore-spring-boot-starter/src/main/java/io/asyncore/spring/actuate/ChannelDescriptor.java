package io.asyncore.spring.actuate;

import io.asyncore.ChannelSnapshot;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoint says of one channel. Durations as ISO 8601 has them, such as {@code PT1M30.25S}; what a peer may have
 * written is escaped.
 *
 * @param id the channel's number, never used again
 * @param peer the address of the other end, or a listener's own
 * @param local the address of this end
 * @param handler the name of the channel's class
 * @param state NEW, CONNECTING, LISTENING, CONNECTED, CLOSING or CLOSED
 * @param age since it had its socket
 * @param idle since input arrived last, or else since it had its socket
 * @param bytesIn bytes that it read
 * @param bytesOut bytes that its transport took
 * @param pendingOutput bytes of output that wait to be written
 * @param readingPaused whether it is not read for now
 * @param tlsProtocol such as {@code TLSv1.3}, or null without TLS
 * @param tlsCipher the name of the cipher suite, or null without TLS
 * @param lastError what a callback has thrown last, or null
 */
public record ChannelDescriptor(
        long id,
        @Nullable String peer,
        @Nullable String local,
        String handler,
        String state,
        String age,
        String idle,
        long bytesIn,
        long bytesOut,
        long pendingOutput,
        boolean readingPaused,
        @Nullable String tlsProtocol,
        @Nullable String tlsCipher,
        @Nullable String lastError) {

    static ChannelDescriptor of(ChannelSnapshot channel) {
        return new ChannelDescriptor(
                channel.id(),
                Addresses.show(channel.peer()),
                Addresses.show(channel.local()),
                channel.handler(),
                channel.state(),
                channel.age().truncatedTo(ChronoUnit.MILLIS).toString(),
                channel.idle().truncatedTo(ChronoUnit.MILLIS).toString(),
                channel.bytesIn(),
                channel.bytesOut(),
                channel.pendingOutput(),
                channel.readingPaused(),
                channel.tlsProtocol(),
                channel.tlsCipher(),
                channel.lastError());
    }
}
