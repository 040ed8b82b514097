package io.asyncore;

import io.asyncore.transport.tls.EngineSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@link ChannelOptions} that are being put together, with the defaults in their place. For one thread. */
final class OptionsDraft {

    Duration connectTimeout = Duration.ofSeconds(10);
    Duration writeStallTimeout = Duration.ofSeconds(30);
    Duration handshakeTimeout = Duration.ofSeconds(10);

    @Nullable Duration idleTimeout;

    @Nullable Duration messageTimeout;

    int highWaterMark = 64 * 1024;
    int lowWaterMark = 32 * 1024;
    int hardLimit = 8 * 1024 * 1024;
    int maxFrameLength = 64 * 1024;

    @Nullable EngineSource tls;

    OptionsDraft() {}

    OptionsDraft(ChannelOptions known) {
        connectTimeout = known.connectTimeout();
        writeStallTimeout = known.writeStallTimeout();
        handshakeTimeout = known.handshakeTimeout();
        idleTimeout = known.idleTimeout();
        messageTimeout = known.messageTimeout();
        highWaterMark = known.highWaterMark();
        lowWaterMark = known.lowWaterMark();
        hardLimit = known.hardLimit();
        maxFrameLength = known.maxFrameLength();
        tls = known.tls();
    }

    ChannelOptions done() {
        return new ChannelOptions(
                connectTimeout,
                writeStallTimeout,
                handshakeTimeout,
                idleTimeout,
                messageTimeout,
                highWaterMark,
                lowWaterMark,
                hardLimit,
                maxFrameLength,
                tls);
    }
}
