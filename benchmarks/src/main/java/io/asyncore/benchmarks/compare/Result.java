package io.asyncore.benchmarks.compare;

import io.asyncore.benchmarks.load.LoadResult;
import io.asyncore.benchmarks.servers.Library;
import org.jspecify.annotations.Nullable;

/**
 * One measurement.
 *
 * @param figure messages per second or bytes, as the scenario says
 * @param load what else is known of a load, if it was one
 */
record Result(
        Scenario scenario,
        Library library,
        int round,
        double figure,
        @Nullable LoadResult load) {

    static Result of(Scenario scenario, Library library, int round, LoadResult load) {
        return new Result(scenario, library, round, load.rate(), load);
    }
}
