package io.asyncore.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.benchmarks.servers.Library;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ResultsTest {

    private final Results results = new Results();

    @Test
    void ratiosAreTakenWithinARound() {
        add(Library.NIO, 100, 50, 200);
        add(Library.ASYNCORE, 90, 50, 100);
        assertThat(results.figure(Scenario.ECHO, Library.ASYNCORE)).hasValue(90);
        assertThat(ratio()).hasValue(0.9); // of 0.9, 1.0 and 0.5
    }

    @Test
    void aRoundThatOneOfThemMissedDoesNotCount() {
        add(Library.NIO, 100);
        add(Library.ASYNCORE, 80, 500);
        assertThat(ratio()).hasValue(0.8);
        assertThat(results.figure(Scenario.ECHO, Library.ASYNCORE)).hasValue(290);
        assertThat(results.figure(Scenario.ECHO, Library.VERTX)).isEmpty();
    }

    private void add(Library library, double... figures) {
        for (int round = 0; round < figures.length; round++) {
            results.add(new Result(Scenario.ECHO, library, round, figures[round], null));
        }
    }

    private OptionalDouble ratio() {
        return results.ratio(Scenario.ECHO, Library.ASYNCORE, Scenario.ECHO, Library.NIO);
    }
}
