package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.descriptors.OpenDescriptors;
import java.io.IOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class UnixPathTest {

    @TempDir
    private Path directory;

    private OpenDescriptors before;
    private Path path;

    @BeforeEach
    void look() throws IOException {
        before = OpenDescriptors.now();
        path = directory.resolve("server.sock");
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        before.assertNothingLeft();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static void connect(Path path) throws IOException {
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            assertThat(client.isConnected()).isTrue();
        }
    }

    /** What a server that was killed leaves. */
    private void leaveStaleFile() throws IOException {
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(path));
        }
    }

    private BindException refusal() throws Exception {
        try (UnixDoor door = new UnixDoor(path)) {
            throw new AssertionError("listens on " + door);
        } catch (BindException e) {
            assertThat(e.getMessage()).contains(path.toString());
            return e;
        }
    }

    @Test
    void listensWhereItWasToldAndLeavesNothing() throws Exception {
        try (UnixDoor door = new UnixDoor(path)) {
            assertThat(files()).containsExactly(path);
            connect(path);
            door.awaitClients(1);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void hasThePermissionsItWasTold() throws Exception {
        try (UnixDoor door = new UnixDoor(path)) {
            assertThat(door.file()).hasToString(path.toString());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-rw----");
        }
        Set<PosixFilePermission> all = PosixFilePermissions.fromString("rw-rw-rw-");
        try (UnixDoor door = new UnixDoor(path, all)) {
            assertThat(Files.getPosixFilePermissions(Path.of(door.file().toString())))
                    .isEqualTo(all);
        }
    }

    @Test
    void takesOverFromOneThatDied() throws Exception {
        leaveStaleFile();
        try (UnixDoor door = new UnixDoor(path)) {
            connect(path);
            door.awaitClients(1);
            assertThat(files()).containsExactly(path);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void leavesOneThatListensAlone() throws Exception {
        try (UnixDoor door = new UnixDoor(path)) {
            assertThat(refusal()).hasMessageContaining("another process listens there");
            assertThat(files()).containsExactly(path);
            connect(path);
            door.awaitClients(2); // the one who looked, too
        }
    }

    /** Its queue is full: nobody can connect, and still somebody listens. */
    @Test
    void leavesOneThatIsBusyAlone() throws Exception {
        try (ServerSocketChannel busy = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            busy.bind(UnixDomainSocketAddress.of(path), 1);
            List<SocketChannel> waiting = new ArrayList<>();
            try {
                fill(waiting);
                assertThat(refusal()).hasMessageContaining("another process listens there");
            } finally {
                for (SocketChannel each : waiting) {
                    each.close();
                }
            }
            assertThat(files()).containsExactly(path);
        }
    }

    private void fill(List<SocketChannel> waiting) throws IOException {
        while (waiting.size() < 100) {
            SocketChannel next = SocketChannel.open(StandardProtocolFamily.UNIX);
            waiting.add(next);
            next.configureBlocking(false);
            try {
                next.connect(UnixDomainSocketAddress.of(path));
            } catch (IOException full) {
                return;
            }
        }
        throw new AssertionError("the queue is endless");
    }

    @Test
    void leavesWhatIsNoSocketAlone() throws Exception {
        Files.writeString(path, "precious");
        assertThat(refusal()).hasMessageContaining("there is a file, not a socket; remove it");
        assertThat(path).hasContent("precious");
        Files.delete(path);

        Files.createDirectory(path);
        assertThat(refusal()).hasMessageContaining("there is a directory, not a socket");
        Files.delete(path);

        Path elsewhere = directory.resolve("elsewhere");
        Files.createSymbolicLink(path, elsewhere);
        assertThat(refusal()).hasMessageContaining("there is a symbolic link, not a socket");
        assertThat(files()).containsExactly(path);
    }

    @Test
    void saysThatTheDirectoryIsMissing() throws Exception {
        path = directory.resolve("missing").resolve("server.sock");
        assertThat(refusal())
                .hasMessageContaining("there is no directory " + path.getParent())
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void saysThatTheDirectoryTakesNoFiles() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self")), "skipped: there is no /proc here");
        path = Path.of("/proc/self/server.sock");
        assertThat(refusal()).hasMessageContaining("the file system of /proc/self takes no files");
    }

    @Test
    void saysThatTheNameIsTooLong() throws Exception {
        String longest = "s".repeat(UnixPath.MAX_LENGTH - directory.toString().length() - 1);
        path = directory.resolve(longest);
        try (UnixDoor door = new UnixDoor(path)) {
            connect(path);
            door.awaitClients(1);
        }
        path = directory.resolve(longest + "s");
        assertThat(refusal()).hasMessageContaining("needs 107 bytes").hasMessageContaining("at most 106");
        path = directory.resolve(longest.substring(2) + "\u00fc\u00fc");
        assertThat(refusal()).hasMessageContaining("needs 108 bytes");

        Path deep = directory.resolve(
                "d".repeat(UnixPath.MAX_LENGTH - directory.toString().length() - 1 - 8));
        Files.createDirectory(deep);
        path = deep.resolve("s");
        assertThat(refusal()).as("the name in between is longer").hasMessageContaining("needs 107 bytes");
        assertThat(files()).containsExactly(deep);
    }

    @Test
    void doesNotRemoveAFileThatIsNotItsOwn() throws Exception {
        try (UnixDoor door = new UnixDoor(path)) {
            Files.delete(path);
            leaveStaleFile();
            door.file().remove();
            assertThat(files()).containsExactly(path);
        }
        assertThat(files()).containsExactly(path);
    }

    @Test
    void doesNotMindThatItsFileIsGone() throws Exception {
        try (UnixDoor door = new UnixDoor(path)) {
            Files.delete(path);
            door.file().remove();
            door.file().remove();
        }
    }

    @Test
    void usesTheLockFileOfOneThatDied() throws Exception {
        Path left = directory.resolve(".server.sock.lock");
        Files.writeString(left, "x");
        try (UnixDoor door = new UnixDoor(path)) {
            assertThat(door.file()).hasToString(path.toString());
            assertThat(files()).containsExactly(path);
        }
    }

    @Test
    void followsNoLinkInPlaceOfItsLockFile() throws Exception {
        Path precious = Files.writeString(directory.resolve("precious"), "precious");
        Files.createSymbolicLink(directory.resolve(".server.sock.lock"), precious);
        assertThat(refusal()).hasMessageContaining(".server.sock.lock");
        assertThat(precious).hasContent("precious");
    }

    @Test
    void restarts() throws Exception {
        for (int i = 0; i < 100; i++) {
            try (UnixDoor door = new UnixDoor(path)) {
                connect(path);
                door.awaitClients(1);
            }
            assertThat(files()).isEmpty();
        }
    }

    /** One gets the path, the others an error, whether or not there was a stale file; and the one that has it is reachable. */
    @Test
    void isGivenToOneOfThoseWhoRaceForIt() throws Exception {
        int racers = 4;
        ExecutorService threads = Executors.newFixedThreadPool(racers);
        try {
            for (int round = 0; round < 50; round++) {
                if (round % 2 == 0) {
                    leaveStaleFile();
                }
                race(threads, racers);
                assertThat(files()).isEmpty();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void race(ExecutorService threads, int racers) throws Exception {
        CountDownLatch start = new CountDownLatch(racers);
        CountDownLatch decided = new CountDownLatch(racers);
        Callable<Boolean> racer = () -> {
            start.countDown();
            start.await();
            try (UnixDoor door = new UnixDoor(path)) {
                decided.countDown();
                decided.await();
                connect(path);
                door.awaitClients(1);
                return true;
            } catch (BindException lost) {
                decided.countDown();
                return false;
            }
        };
        List<Future<Boolean>> outcomes = new ArrayList<>();
        for (int i = 0; i < racers; i++) {
            outcomes.add(threads.submit(racer));
        }
        int winners = 0;
        for (Future<Boolean> outcome : outcomes) {
            winners += outcome.get() ? 1 : 0;
        }
        assertThat(winners).isEqualTo(1);
    }
}
