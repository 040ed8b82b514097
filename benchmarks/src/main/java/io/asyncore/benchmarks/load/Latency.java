package io.asyncore.benchmarks.load;

/** How long things took: counts in classes that are at most 1.6 % wide. */
public final class Latency {

    private static final int BITS = 6;
    private static final int PER_POWER = 1 << BITS;

    private final long[] counts = new long[(Long.SIZE - BITS) * PER_POWER];
    private long total;

    void add(long nanos) {
        counts[classOf(Math.max(0, nanos))]++;
        total++;
    }

    /** So much took no longer than this: 0.5 is the median. In microseconds; 0 if nothing was counted. */
    public double micros(double share) {
        long wanted = (long) Math.ceil(share * total);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted && seen > 0) {
                return lowestOf(i) / 1000.0;
            }
        }
        return 0;
    }

    private static int classOf(long nanos) {
        int power = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(nanos) - BITS - 1);
        return power * PER_POWER + (int) (nanos >>> power);
    }

    private static long lowestOf(int index) {
        int power = Math.max(0, index / PER_POWER - 1);
        return (long) (index - power * PER_POWER) << power;
    }
}
