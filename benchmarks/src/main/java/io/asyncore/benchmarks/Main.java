package io.asyncore.benchmarks;

import io.asyncore.benchmarks.compare.Comparison;
import io.asyncore.benchmarks.servers.Serve;
import io.asyncore.benchmarks.servers.ServerProcess;
import java.util.Arrays;
import java.util.List;

/**
 * The jar's entry: {@code serve} runs our server, {@code compare} compares servers, {@code server} is what a comparison
 * starts; everything else are the options of JMH.
 */
public final class Main {

    private Main() {}

    /** See the class. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            org.openjdk.jmh.Main.main(arguments);
            return;
        }
        List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
        try {
            switch (arguments[0]) {
                case "serve" -> Serve.run(rest);
                case "compare" -> Comparison.run(rest);
                case "server" -> ServerProcess.run(rest);
                default -> org.openjdk.jmh.Main.main(arguments);
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }
}
