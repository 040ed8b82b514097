package io.asyncore.descriptors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The sockets, pipes and pollers that this process has open at one moment, as Linux shows them. Files are left out: the
 * virtual machine opens some of its own at any time.
 */
public final class OpenDescriptors {

    private static final Path DIRECTORY = Path.of("/proc/self/fd");

    private final List<String> open;

    private OpenDescriptors(List<String> open) {
        this.open = open;
    }

    /** Takes a snapshot; skips the test where the system shows no descriptors. */
    public static OpenDescriptors now() throws IOException {
        Assumptions.assumeTrue(
                Files.isDirectory(DIRECTORY), "skipped: this system does not show descriptors in " + DIRECTORY);
        openWhatTheJdkKeeps();
        return new OpenDescriptors(list());
    }

    /** The first socket and the first selector make the JDK open one descriptor for ever. */
    private static void openWhatTheJdkKeeps() throws IOException {
        try (Selector selector = Selector.open();
                SelectableChannel channel = SocketChannel.open().configureBlocking(false)) {
            channel.register(selector, 0);
            selector.selectNow();
        }
    }

    private static List<String> list() throws IOException {
        return targets(target ->
                target.startsWith("socket:") || target.startsWith("pipe:") || target.startsWith("anon_inode:"));
    }

    /** What is open now and was not then. */
    public List<String> openedSince() throws IOException {
        List<String> opened = new ArrayList<>(list());
        open.forEach(opened::remove);
        return opened;
    }

    /** Fails if something is open that was not then. */
    public void assertNothingLeft() throws IOException {
        assertThat(openedSince()).as("descriptors left open").isEmpty();
    }

    /** How often this process has the file open; skips the test where the system does not show it. */
    public static int of(Path file) throws IOException {
        Assumptions.assumeTrue(
                Files.isDirectory(DIRECTORY), "skipped: this system does not show descriptors in " + DIRECTORY);
        return targets(file.toRealPath().toString()::equals).size();
    }

    private static List<String> targets(Predicate<String> wanted) throws IOException {
        List<String> targets = new ArrayList<>();
        try (Stream<Path> entries = Files.list(DIRECTORY)) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                addTarget(entry, targets);
            }
        }
        return targets.stream().filter(wanted).toList();
    }

    private static void addTarget(Path entry, List<String> targets) {
        try {
            targets.add(Files.readSymbolicLink(entry).toString());
        } catch (IOException closedMeanwhile) {
            // the one that lists the directory, for example
        }
    }
}
