package io.asyncore.server;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Scanner;
import javax.management.JMException;
import javax.management.ObjectName;

/** How many descriptors this process may have. */
final class Descriptors {

    /** What stands in for a limit where there is none, or none that can be found out. */
    private static final int UNLIMITED = Integer.MAX_VALUE;

    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final String OPEN_FILES = "Max open files";

    private Descriptors() {}

    static int limit() {
        try {
            return Files.exists(LIMITS) ? parse(Files.readAllLines(LIMITS)) : askManagement();
        } catch (IOException | JMException | RuntimeException cannotSay) {
            return UNLIMITED;
        }
    }

    /** Linux says it in a file, which is much faster than loading the classes that manage a JVM. */
    static int parse(List<String> limits) {
        for (String line : limits) {
            if (line.startsWith(OPEN_FILES)) {
                Scanner columns = new Scanner(line.substring(OPEN_FILES.length()));
                return columns.hasNextLong() ? clamp(columns.nextLong()) : UNLIMITED; // the soft limit, or "unlimited"
            }
        }
        return UNLIMITED;
    }

    private static int askManagement() throws JMException {
        ObjectName system = new ObjectName("java.lang:type=OperatingSystem");
        Object limit = ManagementFactory.getPlatformMBeanServer().getAttribute(system, "MaxFileDescriptorCount");
        return limit instanceof Long count ? clamp(count) : UNLIMITED;
    }

    private static int clamp(long count) {
        return (int) Math.max(2, Math.min(UNLIMITED, count));
    }
}
