package io.asyncore.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SeedsTest {

    private final Map<String, String> before = new HashMap<>();

    /** Whoever replays a seed of another test must not change what these tests see. */
    @BeforeEach
    void clear() {
        for (String property : new String[] {Seeds.SEED, Seeds.COUNT}) {
            before.put(property, System.clearProperty(property));
        }
    }

    @AfterEach
    void restore() {
        before.forEach((property, value) -> {
            System.clearProperty(property);
            if (value != null) {
                System.setProperty(property, value);
            }
        });
    }

    private static List<Long> played(int count) {
        List<Long> seeds = new ArrayList<>();
        Seeds.play(count, seeds::add);
        return seeds;
    }

    @Test
    void playsEachOnce() {
        assertThat(played(4)).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void namesTheOneThatFails() {
        IllegalStateException cause = new IllegalStateException("three is too many");
        assertThatThrownBy(() -> Seeds.play(10, seed -> {
                    if (seed == 3) {
                        throw cause;
                    }
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed 3 failed")
                .hasMessageContaining("-Dasyncore.seed=3")
                .hasMessageContaining("three is too many")
                .hasCause(cause);
    }

    @Test
    void playsOneAlone() {
        System.setProperty(Seeds.SEED, "4711");
        assertThat(played(10)).containsExactly(4711L);
    }

    @Test
    void playsMore() {
        System.setProperty(Seeds.COUNT, "6");
        assertThat(played(2)).hasSize(6);
    }
}
