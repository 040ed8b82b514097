package io.asyncore.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bounds of a server for what it keeps in memory, beside the memory that there is. */
final class HeapBounds {

    private static final Logger log = LoggerFactory.getLogger(Server.class);

    private HeapBounds() {}

    /**
     * Says so if one of them bounds nothing, as the heap is full before.
     *
     * @param heap how many bytes it may have at most
     */
    static void warnIfTooLarge(String server, Limits limits, WriteBuffer writeBuffer, long heap) {
        warn(server, "limits.memory", limits.memory(), heap);
        warn(server, "writeBuffer.limit", writeBuffer.limit(), heap);
    }

    private static void warn(String server, String option, long bytes, long heap) {
        if (bytes >= heap) {
            log.warn(
                    "server '{}': {} is {} bytes, but the heap has {} at most, so that memory runs out before the limit is"
                            + " reached: raise the heap's (-Xmx), or set {} well below it",
                    server,
                    option,
                    bytes,
                    heap,
                    option);
        }
    }
}
