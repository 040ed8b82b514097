package io.asyncore;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@link ChannelOptions} that are being put together, with the defaults in their place. For one thread. */
final class OptionsDraft {

    Duration connectTimeout = Duration.ofSeconds(10);
    Duration writeStallTimeout = Duration.ofSeconds(30);

    @Nullable Duration idleTimeout;

    @Nullable Duration messageTimeout;

    int highWaterMark = 64 * 1024;
    int lowWaterMark = 32 * 1024;
    int hardLimit = 8 * 1024 * 1024;
    int maxFrameLength = 64 * 1024;

    OptionsDraft() {}

    OptionsDraft(ChannelOptions known) {
        connectTimeout = known.connectTimeout();
        writeStallTimeout = known.writeStallTimeout();
        idleTimeout = known.idleTimeout();
        messageTimeout = known.messageTimeout();
        highWaterMark = known.highWaterMark();
        lowWaterMark = known.lowWaterMark();
        hardLimit = known.hardLimit();
        maxFrameLength = known.maxFrameLength();
    }

    ChannelOptions done() {
        return new ChannelOptions(
                connectTimeout,
                writeStallTimeout,
                idleTimeout,
                messageTimeout,
                highWaterMark,
                lowWaterMark,
                hardLimit,
                maxFrameLength);
    }
}
