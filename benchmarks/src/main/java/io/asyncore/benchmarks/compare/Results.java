package io.asyncore.benchmarks.compare;

import io.asyncore.benchmarks.load.LoadResult;
import io.asyncore.benchmarks.servers.Library;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** All that was measured, and what did not work. Confined to the thread of the comparison. */
final class Results {

    private final List<Result> results = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    void add(Result result) {
        results.add(result);
    }

    void addFailure(String failure) {
        failures.add(failure);
    }

    List<Result> all() {
        return Collections.unmodifiableList(results);
    }

    List<String> failures() {
        return Collections.unmodifiableList(failures);
    }

    List<Result> of(Scenario scenario, Library library) {
        return results.stream()
                .filter(result -> result.scenario() == scenario && result.library() == library)
                .toList();
    }

    boolean has(Scenario scenario) {
        return results.stream().anyMatch(result -> result.scenario() == scenario);
    }

    boolean has(Library library) {
        return results.stream().anyMatch(result -> result.library() == library);
    }

    OptionalDouble figure(Scenario scenario, Library library) {
        return median(of(scenario, library).stream().mapToDouble(Result::figure));
    }

    OptionalDouble loads(Scenario scenario, Library library, ToDoubleFunction<LoadResult> what) {
        return median(of(scenario, library).stream()
                .map(Result::load)
                .filter(Objects::nonNull)
                .mapToDouble(what));
    }

    /** The median of the ratios within a round: what slows down a whole round slows down both. */
    OptionalDouble ratio(Scenario scenario, Library library, Scenario baseScenario, Library base) {
        List<Result> bases = of(baseScenario, base);
        return median(of(scenario, library).stream()
                .flatMapToDouble(result -> bases.stream()
                        .filter(other -> other.round() == result.round())
                        .mapToDouble(other -> result.figure() / other.figure())));
    }

    private static OptionalDouble median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }
}
