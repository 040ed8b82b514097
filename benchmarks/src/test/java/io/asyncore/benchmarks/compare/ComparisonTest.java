package io.asyncore.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {

    @Test
    void leavesTablesPlotAndRawNumbers(@TempDir Path out) throws Exception {
        Comparison.run(List.of(
                "--rounds", "1",
                "--start", "0.1",
                "--warm-up", "0.01",
                "--seconds", "0.05",
                "--idle", "50",
                "--servers", "nio,asyncore",
                "--scenarios", "memory,echo,churn,alone,crowd,ping",
                "--out", out.toString()));
        assertThat(out.resolve("comparison.md"))
                .content()
                .contains("Netty 4.", "| asyncore |", "### Echo 64 B, depth 1", "relative to none idle")
                .doesNotContain("What did not work");
        assertThat(out.resolve("comparison.svg")).content().startsWith("<svg").contains("asyncore", "</svg>");
        assertThat(Files.readAllLines(out.resolve("comparison.csv"))).hasSize(1 + 2 * 6);
    }

    @Test
    void saysWhichOptionIsWrong() {
        assertThatThrownBy(() -> Options.parse(List.of("--laps", "3")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--laps")
                .hasMessageContaining("usage: compare");
        assertThatThrownBy(() -> Options.parse(List.of("--rounds", "0"))).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> Options.parse(List.of("--scenarios", "tea"))).hasMessageContaining("tea");
    }
}
