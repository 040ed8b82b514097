package io.asyncore.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every scenario that Python played gives the same trace here, or the one that its mended flaw explains. */
class GoldenTracesTest {

    private final Players players = new Players();

    @TestFactory
    Stream<DynamicTest> tracesAreThoseOfPython() {
        return GoldenTrace.all().stream()
                .flatMap(trace -> trace.orders().stream()
                        .map(order -> DynamicTest.dynamicTest(
                                trace.name() + " [" + order.pythonName() + "]", () -> compare(trace, order))));
    }

    private void compare(GoldenTrace trace, Order order) throws Exception {
        assertThat(players.play(trace.name(), order))
                .as(trace.name() + (trace.differs() == null ? ", as in Python" : ", unlike Python: " + trace.differs()))
                .isEqualTo(trace.expected());
    }

    @Test
    void eachTraceHasAPlayerAndEachPlayerATrace() {
        assertThat(players.byName().keySet())
                .containsExactlyInAnyOrderElementsOf(GoldenTrace.all().stream()
                        .map(GoldenTrace::name)
                        .distinct()
                        .toList());
    }

    @Test
    void eachScenarioIsPlayedOnceInEachOrder() {
        List<String> played = GoldenTrace.all().stream()
                .flatMap(trace -> trace.orders().stream().map(order -> trace.name() + order))
                .toList();
        assertThat(played).doesNotHaveDuplicates().hasSize(2 * players.byName().size());
    }

    @Test
    void aDifferenceNamesItsFlawAndIsOne() {
        assertThat(GoldenTrace.all()).allSatisfy(trace -> {
            assertThat(trace.java() == null).as(trace.name()).isEqualTo(trace.differs() == null);
            assertThat(trace.java()).as(trace.name()).isNotEqualTo(trace.events());
        });
    }
}
