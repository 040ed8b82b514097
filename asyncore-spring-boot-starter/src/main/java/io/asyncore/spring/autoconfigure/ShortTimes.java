package io.asyncore.spring.autoconfigure;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns of times that no client may keep: somebody has meant seconds. */
final class ShortTimes {

    private static final Logger log = LoggerFactory.getLogger(ShortTimes.class);
    private static final Duration SUSPICIOUS = Duration.ofSeconds(1);

    private ShortTimes() {}

    static void warn(String prefix, AsyncoreProperties.Timeouts keys) {
        warn(prefix, "idle", keys.idle());
        warn(prefix, "message", keys.message());
        warn(prefix, "write-stall", keys.writeStall());
        warn(prefix, "handshake", keys.handshake());
    }

    private static void warn(String prefix, String key, Duration time) {
        if (time.compareTo(SUSPICIOUS) < 0) {
            log.warn(
                    "{}.timeouts.{} is only {} ms, after which clients are cut. A number without a unit is milliseconds:"
                            + " for seconds write 10s",
                    prefix,
                    key,
                    time.toMillis());
        }
    }
}
