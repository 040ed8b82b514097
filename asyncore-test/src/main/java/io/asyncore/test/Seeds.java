package io.asyncore.test;

/**
 * Plays a scenario over many seeds. A seed that fails is named in the error, and can be played alone by giving it as a
 * system property:
 *
 * <pre>mvn test -Dtest=TheTest -Dasyncore.seed=4711</pre>
 *
 * <p>{@code -Dasyncore.seeds=100000} plays that many instead of what the test asks for.
 *
 * <pre>{@code
 * @Test
 * void everyByteComesBack() {
 *     Seeds.play(1_000, seed -> {
 *         SimulatedNetwork network = new SimulatedNetwork(seed, NetworkConditions.random(seed));
 *         ...
 *     });
 * }
 * }</pre>
 */
public final class Seeds {

    /** The system property that names the one seed to play. */
    public static final String SEED = "asyncore.seed";

    /** The system property that says how many seeds to play. */
    public static final String COUNT = "asyncore.seeds";

    private Seeds() {}

    /** What is played; all that is random in it comes from the seed. */
    @FunctionalInterface
    public interface Scenario {

        /** Plays once. */
        void play(long seed) throws Throwable;
    }

    /**
     * Plays the seeds from 1 to {@code count}, or the one that {@link #SEED} names.
     *
     * @throws AssertionError at the first seed that fails, naming it; what failed is the cause
     */
    public static void play(int count, Scenario scenario) {
        Long only = Long.getLong(SEED);
        if (only != null) {
            playOne(only, scenario);
            return;
        }
        int last = Integer.getInteger(COUNT, count);
        for (long seed = 1; seed <= last; seed++) {
            playOne(seed, scenario);
        }
    }

    private static void playOne(long seed, Scenario scenario) {
        try {
            scenario.play(seed);
        } catch (Throwable failure) {
            throw new AssertionError(
                    "seed " + seed + " failed (replay it with -D" + SEED + "=" + seed + "): " + failure, failure);
        }
    }
}
