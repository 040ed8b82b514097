package io.asyncore.server;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * How many objects there are of each class, and their bytes.
 *
 * @param counts by the name of the class, as the JVM writes it
 */
record Histogram(Map<String, Count> counts) {

    private static final Pattern ROW = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");

    record Count(long objects, long bytes) {}

    /** Of what is still reachable: the JVM collects garbage before it counts. */
    static Histogram now() throws JMException {
        Map<String, Count> counts = new HashMap<>();
        for (String line : diagnose("gcClassHistogram").split("\n")) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                counts.put(row.group(3), new Count(Long.parseLong(row.group(1)), Long.parseLong(row.group(2))));
            }
        }
        return new Histogram(counts);
    }

    /** One to compare others with: it has counted another as large as it is itself, and is counted in the next. */
    static Histogram steady() throws JMException {
        Histogram last = now();
        for (int i = 0; i < 3; i++) {
            last = now();
        }
        return last;
    }

    /** What there is more of now, but for what histograms themselves are made of. */
    static Histogram since(Histogram before) throws JMException {
        Map<String, Count> growth = new HashMap<>();
        now().counts.forEach((type, count) -> {
            Count then = before.counts.getOrDefault(type, new Count(0, 0));
            if (!count.equals(then)) {
                growth.put(type, new Count(count.objects() - then.objects(), count.bytes() - then.bytes()));
            }
        });
        growth.remove(Count.class.getName());
        growth.remove("[Ljdk.internal.vm.FillerElement;"); // a collector's way to say that there is nothing
        return new Histogram(growth);
    }

    /** Those of a kind. */
    Histogram only(BiPredicate<String, Count> kind) {
        Map<String, Count> some = new TreeMap<>(counts);
        some.entrySet().removeIf(each -> !kind.test(each.getKey(), each.getValue()));
        return new Histogram(some);
    }

    /** The share of each, if it is so many that keep them. */
    double bytesFor(int owners) {
        return (double) counts.values().stream().mapToLong(Count::bytes).sum() / owners;
    }

    static boolean hasCompressedReferences() throws JMException {
        return diagnose("vmFlags").contains("+UseCompressedOops");
    }

    private static String diagnose(String command) throws JMException {
        return (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        command,
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
    }
}
