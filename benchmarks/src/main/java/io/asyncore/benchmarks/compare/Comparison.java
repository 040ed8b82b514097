package io.asyncore.benchmarks.compare;

import io.asyncore.benchmarks.servers.Library;
import io.asyncore.benchmarks.servers.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * {@code compare}: rounds in which all servers are started afresh and take turns at each scenario, so that a ratio is between
 * neighbours in time. Confined to its caller's thread.
 */
public final class Comparison {

    private final Options options;
    private final Path log;
    private final Results results = new Results();

    private Comparison(Options options) {
        this.options = options;
        log = options.out().resolve("servers.log");
    }

    /** Compares as the command's arguments say, and leaves the report in a folder. */
    public static void run(List<String> arguments) throws IOException {
        Options options = Options.parse(arguments);
        Files.createDirectories(options.out());
        Results results = new Comparison(options).measure();
        new Report(options, results).write();
    }

    private Results measure() throws IOException {
        List<Library> order = new ArrayList<>();
        for (Library library : options.libraries()) {
            if (library.isAvailable()) {
                order.add(library);
            } else {
                results.addFailure(library.title() + " is not available on this machine");
            }
        }
        for (int round = 0; round < options.rounds(); round++) {
            for (Protocol protocol : Protocol.values()) {
                measure(protocol, order, round);
            }
            Collections.rotate(order, -1);
        }
        return results;
    }

    private void measure(Protocol protocol, List<Library> order, int round) {
        List<Scenario> due = options.scenarios().stream()
                .filter(scenario -> scenario.protocol() == protocol)
                .toList();
        List<Contestant> contestants = new ArrayList<>();
        try {
            for (Library library : due.isEmpty() ? List.<Library>of() : order) {
                if (library.speaks(protocol)) {
                    say(round, "starting " + library.title() + ": " + protocol);
                    start(library, protocol, contestants);
                }
            }
            for (Scenario scenario : due) {
                contestants.forEach(contestant -> measure(scenario, contestant, round));
            }
        } finally {
            contestants.forEach(Contestant::close);
        }
    }

    private void start(Library library, Protocol protocol, List<Contestant> contestants) {
        try {
            Contestant contestant = new Contestant(new RemoteServer(library, protocol, options.java(), log), options);
            contestants.add(contestant);
            contestant.warmUp(protocol);
        } catch (IOException e) {
            failed(library, "start: " + protocol, e);
        }
    }

    private void measure(Scenario scenario, Contestant contestant, int round) {
        Library library = contestant.library();
        try {
            Result result = contestant.measure(scenario, round);
            results.add(result);
            String unit = scenario.isRate() ? "messages/s" : "B";
            say(round, String.format(Locale.ROOT, "%s, %s: %,.0f %s", scenario, library, result.figure(), unit));
        } catch (IOException e) {
            failed(library, scenario.title(), e);
        }
    }

    private void failed(Library library, String what, IOException e) {
        String failure = library.title() + ", " + what + ": " + e.getMessage();
        System.err.println(failure);
        results.addFailure(failure);
    }

    private static void say(int round, String text) {
        System.err.println("round " + (round + 1) + ", " + text);
    }
}
