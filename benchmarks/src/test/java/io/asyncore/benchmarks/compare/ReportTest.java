package io.asyncore.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.benchmarks.servers.Library;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    @Test
    void aServerWithoutAFigureHasNoRowButItsPlaceInTheSummary(@TempDir Path out) throws Exception {
        Results results = new Results();
        results.add(new Result(Scenario.MEMORY, Library.NIO, 0, 700, null));
        results.add(new Result(Scenario.MEMORY, Library.ASYNCORE, 0, 900, null));
        results.add(new Result(Scenario.ECHO, Library.NIO, 0, 100, null));
        results.add(new Result(Scenario.ECHO, Library.ASYNCORE, 0, 90, null));
        results.add(new Result(Scenario.ECHO, Library.VERTX, 0, 80, null));
        new Report(Options.parse(List.of("--out", out.toString())), results).write();
        String vertx = "| " + Library.VERTX.title() + " |";
        assertThat(out.resolve("comparison.md"))
                .content()
                .contains("| 900 (900–900) |", vertx + " 80 (80–80) | 0.80 |", vertx + " – |")
                .doesNotContain("(0–0)");
    }
}
