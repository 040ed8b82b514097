package io.asyncore.server;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many descriptors this process may have. */
final class Descriptors {

    /** What stands in for a limit where there is none, or none that can be found out. */
    private static final int UNLIMITED = Integer.MAX_VALUE;

    private static final File LIMITS = new File("/proc/self/limits");
    private static final String OPEN_FILES = "Max open files";

    private static final Logger log = LoggerFactory.getLogger(Server.class);

    private Descriptors() {}

    /** Says so if a server may have more connections than it can. Looked up only if that is not the default. */
    static void warnIfTooFew(String server, int connections) {
        if (connections <= Limits.DEFAULTS.connections()) {
            return;
        }
        int limit = limit();
        if (connections >= limit && limit != UNLIMITED) {
            log.warn(
                    "server '{}': limits.connections is {}, but the process may have {} descriptors, of which each connection"
                            + " takes one: raise that limit (ulimit -n, systemd's LimitNOFILE), or set limits.connections well"
                            + " below it",
                    server,
                    connections,
                    limit);
        }
    }

    static int limit() {
        try {
            return LIMITS.exists() ? parse(lines()) : askManagement();
        } catch (Exception cannotSay) {
            return UNLIMITED;
        }
    }

    private static List<String> lines() throws IOException {
        try (FileInputStream file = new FileInputStream(LIMITS)) {
            return List.of(new String(file.readAllBytes(), StandardCharsets.US_ASCII).split("\n"));
        }
    }

    /** Linux says it in a file, which is much faster than loading the classes that manage a JVM. */
    static int parse(List<String> limits) {
        for (String line : limits) {
            if (line.startsWith(OPEN_FILES)) {
                return number(line.substring(OPEN_FILES.length()).strip()); // the soft limit, or "unlimited"
            }
        }
        return UNLIMITED;
    }

    /** Of the first column. By hand, as what else reads numbers costs a server's start 40 ms. */
    private static int number(String columns) {
        int end = 0;
        while (end < columns.length() && Character.isDigit(columns.charAt(end))) {
            end++;
        }
        return end == 0 ? UNLIMITED : clamp(Long.parseLong(columns.substring(0, end)));
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
