package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.cpython.CapturedLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Bounds that are beyond what there is. */
@ResourceLock("log of io.asyncore")
class HeapBoundsTest {

    private static final long HEAP = 128 << 20;

    @Test
    void whatTheHeapHasNotBoundsNothing() {
        try (CapturedLog log = new CapturedLog()) {
            HeapBounds.warnIfTooLarge("fits", Limits.DEFAULTS.withMemory(HEAP - 1), WriteBuffer.DEFAULTS, HEAP);
            assertThat(log.lines()).isEmpty();
            HeapBounds.warnIfTooLarge("big", Limits.DEFAULTS.withMemory(HEAP), WriteBuffer.DEFAULTS, HEAP);
            assertThat(log.lines())
                    .containsExactly(
                            "WARN server 'big': limits.memory is 134217728 bytes, but the heap has 134217728 at most,"
                                    + " so that memory runs out before the limit is reached: raise the heap's (-Xmx), or set"
                                    + " limits.memory well below it");
        }
    }

    @Test
    void theOutputOfOneConnectionIsPartOfIt() {
        WriteBuffer large = new WriteBuffer(65_536, 32_768, 1 << 30);
        try (CapturedLog log = new CapturedLog()) {
            HeapBounds.warnIfTooLarge("wide", Limits.DEFAULTS.withMemory(1), large, HEAP);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN server 'wide': writeBuffer.limit is 1073741824 bytes");
        }
    }

    @Test
    void aServerLooksWhenItStarts() throws Exception {
        long more = Runtime.getRuntime().maxMemory() + 1;
        try (CapturedLog log = new CapturedLog();
                Server server = Server.builder()
                        .name("greedy")
                        .limits(Limits.DEFAULTS.withMemory(more))
                        .handler(EchoLines::new)
                        .start()) {
            assertThat(server.isRunning()).isTrue();
            assertThat(log.lines()).anyMatch(line -> line.startsWith("WARN server 'greedy': limits.memory is " + more));
        }
    }
}
