package io.asyncore.benchmarks.compare;

import io.asyncore.benchmarks.servers.Library;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * How to compare.
 *
 * @param rounds how often everything is measured, each time on fresh servers
 * @param start how long a fresh server is kept busy before anything is measured, for its compiler
 * @param warmUp before each measurement
 * @param measured how long each measurement takes
 * @param idle how many idle connections there are in the scenarios that have some
 * @param libraries who takes part
 * @param scenarios in what
 * @param java the Java that runs the servers
 * @param out the folder for the results
 */
record Options(
        int rounds,
        Duration start,
        Duration warmUp,
        Duration measured,
        int idle,
        List<Library> libraries,
        List<Scenario> scenarios,
        Path java,
        Path out) {

    private static final String USAGE = """
            usage: compare [--rounds 5] [--start 6] [--warm-up 0.5] [--seconds 2] [--idle 10000]
                           [--servers nio,asyncore,...] [--scenarios echo,lines,...] [--java HOME] [--out FOLDER]""";

    static Options parse(List<String> arguments) {
        Options options = new Options(
                5,
                seconds("6"),
                seconds("0.5"),
                seconds("2"),
                10_000,
                Library.usual(),
                List.of(Scenario.values()),
                Path.of(System.getProperty("java.home")),
                Path.of("target", "comparison"));
        if (arguments.size() % 2 != 0) {
            throw new IllegalArgumentException(USAGE);
        }
        for (int i = 0; i < arguments.size(); i += 2) {
            options = options.with(arguments.get(i), arguments.get(i + 1));
        }
        return options;
    }

    private Options with(String name, String value) {
        return switch (name) {
            case "--rounds" ->
                new Options(count(value), start, warmUp, measured, idle, libraries, scenarios, java, out);
            case "--start" ->
                new Options(rounds, seconds(value), warmUp, measured, idle, libraries, scenarios, java, out);
            case "--warm-up" ->
                new Options(rounds, start, seconds(value), measured, idle, libraries, scenarios, java, out);
            case "--seconds" ->
                new Options(rounds, start, warmUp, seconds(value), idle, libraries, scenarios, java, out);
            case "--idle" ->
                new Options(rounds, start, warmUp, measured, count(value), libraries, scenarios, java, out);
            case "--servers" ->
                new Options(rounds, start, warmUp, measured, idle, list(value, Library::named), scenarios, java, out);
            case "--scenarios" ->
                new Options(rounds, start, warmUp, measured, idle, libraries, list(value, Scenario::named), java, out);
            case "--java" ->
                new Options(rounds, start, warmUp, measured, idle, libraries, scenarios, Path.of(value), out);
            case "--out" ->
                new Options(rounds, start, warmUp, measured, idle, libraries, scenarios, java, Path.of(value));
            default -> throw new IllegalArgumentException("no such option: " + name + "\n" + USAGE);
        };
    }

    private static int count(String value) {
        int count = Integer.parseInt(value);
        if (count < 1) {
            throw new IllegalArgumentException("at least 1 is needed, not " + value);
        }
        return count;
    }

    private static Duration seconds(String value) {
        return Duration.ofNanos((long) (Double.parseDouble(value) * 1e9));
    }

    private static <T> List<T> list(String value, Function<String, T> named) {
        return Arrays.stream(value.split(",")).map(named).toList();
    }
}
