package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What Linux says of a process's limits. */
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
