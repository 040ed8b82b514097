package io.asyncore.benchmarks.compare;

import io.asyncore.benchmarks.load.LoadResult;
import io.asyncore.benchmarks.servers.Library;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The results as tables in Markdown, as a plot and as raw numbers. */
final class Report {

    private static final Library BASE = Library.NIO;

    private final Options options;
    private final Results results;
    private final List<Library> libraries;
    private final List<Scenario> scenarios;
    private final List<String> lines = new ArrayList<>();

    Report(Options options, Results results) {
        this.options = options;
        this.results = results;
        libraries = Arrays.stream(Library.values()).filter(results::has).toList();
        scenarios = Arrays.stream(Scenario.values()).filter(results::has).toList();
    }

    void write() throws IOException {
        Path out = options.out();
        Files.write(out.resolve("comparison.md"), markdown());
        Files.write(out.resolve("comparison.csv"), raw());
        Files.writeString(out.resolve("comparison.svg"), plot());
        System.out.println(String.join("\n", lines));
        System.err.println("written to " + out.toAbsolutePath());
    }

    private List<String> markdown() {
        lines.addAll(Machine.describe(options));
        lines.add("- medians of " + options.rounds() + " rounds of " + seconds() + " s; " + options.idle()
                + " idle connections where there are any");
        lines.add("");
        summary();
        scenarios.forEach(this::details);
        if (!results.failures().isEmpty()) {
            lines.addAll(List.of("", "### What did not work", ""));
            results.failures().forEach(failure -> lines.add("- " + failure));
        }
        return lines;
    }

    private String seconds() {
        return String.format(Locale.ROOT, "%.1f", options.measured().toMillis() / 1000.0);
    }

    /** One number each: relative to raw NIO, but for bytes, and for what others' being idle does to a server. */
    private void summary() {
        List<String> head = new ArrayList<>(List.of("relative to raw NIO"));
        scenarios.forEach(scenario -> head.add(
                switch (scenario) {
                    case MEMORY -> scenario.title() + ", in bytes";
                    case CROWD -> scenario.title() + ", relative to none idle";
                    default -> scenario.title();
                }));
        table(head);
        for (Library library : libraries) {
            List<String> row = new ArrayList<>(List.of(library.title()));
            scenarios.forEach(scenario -> row.add(
                    switch (scenario) {
                        case MEMORY -> number(results.figure(scenario, library), 0);
                        case CROWD -> number(relativeToNoneIdle(library), 2);
                        default -> number(ratio(scenario, library), 2);
                    }));
            row(row);
        }
    }

    private OptionalDouble relativeToNoneIdle(Library library) {
        return results.ratio(Scenario.CROWD, library, Scenario.ALONE, library);
    }

    private OptionalDouble ratio(Scenario scenario, Library library) {
        return results.ratio(scenario, library, scenario, BASE);
    }

    private void details(Scenario scenario) {
        lines.addAll(List.of("", "### " + capital(scenario.title()), ""));
        if (scenario.isRate()) {
            rates(scenario);
        } else {
            table(List.of("server", "bytes (min–max)"));
            measured(scenario).forEach(library -> row(List.of(library.title(), figure(scenario, library))));
        }
    }

    /** Not every server speaks every protocol. */
    private List<Library> measured(Scenario scenario) {
        return libraries.stream()
                .filter(library -> !results.of(scenario, library).isEmpty())
                .toList();
    }

    private void rates(Scenario scenario) {
        List<String> head = new ArrayList<>(List.of("server", "messages/s (min–max)", "relative to raw NIO"));
        boolean crowd = scenario == Scenario.CROWD && results.has(Scenario.ALONE);
        if (crowd) {
            head.add("relative to none idle");
        }
        head.addAll(List.of("server CPU µs/message", "median µs", "99 % µs", "load generator busy"));
        table(head);
        for (Library library : measured(scenario)) {
            List<String> row = new ArrayList<>();
            row.addAll(List.of(library.title(), figure(scenario, library), number(ratio(scenario, library), 2)));
            if (crowd) {
                row.add(number(relativeToNoneIdle(library), 2));
            }
            row.add(number(results.loads(scenario, library, LoadResult::serverMicros), 2));
            row.add(number(
                    results.loads(scenario, library, load -> load.latency().micros(0.5)), 0));
            row.add(number(
                    results.loads(scenario, library, load -> load.latency().micros(0.99)), 0));
            row.add(number(results.loads(scenario, library, LoadResult::ownShare), 2));
            row(row);
        }
    }

    private String figure(Scenario scenario, Library library) {
        List<Result> all = results.of(scenario, library);
        double least = all.stream().mapToDouble(Result::figure).min().orElse(0);
        double most = all.stream().mapToDouble(Result::figure).max().orElse(0);
        return String.format(
                Locale.ROOT, "%s (%,.0f–%,.0f)", number(results.figure(scenario, library), 0), least, most);
    }

    private void table(List<String> head) {
        row(head);
        lines.add("|---".repeat(head.size()) + "|");
    }

    private void row(List<String> cells) {
        lines.add("| " + String.join(" | ", cells) + " |");
    }

    private static String number(OptionalDouble value, int decimals) {
        return value.isEmpty() ? "–" : String.format(Locale.ROOT, "%,." + decimals + "f", value.getAsDouble());
    }

    private static String capital(String title) {
        return title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1);
    }

    private List<String> raw() {
        List<String> csv = new ArrayList<>(
                List.of("scenario,server,round,figure,server_cpu_us,median_us,p99_us,load_generator_busy"));
        for (Result result : results.all()) {
            String line = String.format(
                    Locale.ROOT, "%s,%s,%d,%.1f", result.scenario(), result.library(), result.round(), result.figure());
            LoadResult load = result.load();
            csv.add(
                    load == null
                            ? line + ",,,,"
                            : line
                                    + String.format(
                                            Locale.ROOT,
                                            ",%.3f,%.1f,%.1f,%.3f",
                                            load.serverMicros(),
                                            load.latency().micros(0.5),
                                            load.latency().micros(0.99),
                                            load.ownShare()));
        }
        return csv;
    }

    private String plot() {
        BarChart chart = new BarChart("Throughput relative to a bare NIO loop (1.0)");
        for (Scenario scenario : scenarios) {
            if (scenario.isRate()) {
                chart.group(scenario.title());
                for (Library library : libraries) {
                    ratio(scenario, library).ifPresent(ratio -> chart.bar(library.title(), ratio));
                }
            }
        }
        return chart.svg();
    }
}
