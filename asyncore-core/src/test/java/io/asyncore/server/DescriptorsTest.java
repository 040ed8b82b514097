package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.cpython.CapturedLog;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What Linux says of a process's limits. */
@ResourceLock("log of io.asyncore")
class DescriptorsTest {

    private static List<String> limits(String openFiles) {
        return List.of(
                "Limit                     Soft Limit           Hard Limit           Units     ",
                "Max cpu time              unlimited            unlimited            seconds   ",
                openFiles,
                "Max locked memory         65536                65536                bytes     ");
    }

    @Test
    void theSoftLimitCounts() {
        assertThat(Descriptors.parse(
                        limits("Max open files            1024                 524288               files     ")))
                .isEqualTo(1024);
    }

    @Test
    void noLimit() {
        assertThat(Descriptors.parse(
                        limits("Max open files            unlimited            unlimited            files     ")))
                .isEqualTo(Integer.MAX_VALUE);
        assertThat(Descriptors.parse(List.of())).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void moreConnectionsThanDescriptorsAreWarnedOf() {
        int limit = Descriptors.limit();
        Assumptions.assumeTrue(limit < Integer.MAX_VALUE, "skipped: no limit of descriptors here");
        try (CapturedLog log = new CapturedLog()) {
            Descriptors.warnIfTooFew("usual", Limits.DEFAULTS.connections());
            assertThat(log.lines()).isEmpty();
            Descriptors.warnIfTooFew("big", limit);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("server 'big': limits.connections is " + limit)
                    .contains("the process may have " + limit + " descriptors", "ulimit -n");
        }
    }

    /** As some containers have it; and half of it is still a connection. */
    @Test
    void moreThanThereAreNumbersAndFewerThanMakeSense() {
        assertThat(Descriptors.parse(
                        limits("Max open files            1073741816000        1073741816000        files     ")))
                .isEqualTo(Integer.MAX_VALUE);
        assertThat(Descriptors.parse(
                        limits("Max open files            0                    0                    files     ")))
                .isEqualTo(2);
    }
}
