package io.asyncore.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.Asyncore;
import io.asyncore.ChannelMap;
import io.asyncore.FileDispatcher;
import io.asyncore.FileWrapper;
import io.asyncore.LoopTimer;
import io.asyncore.descriptors.Await;
import io.asyncore.descriptors.LiveThreads;
import io.asyncore.descriptors.OpenDescriptors;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pipes of a child process, read and written by the loop that has other things to do as well. */
class ChildProcessTest {

    private final ChannelMap map = new ChannelMap();
    private final List<Process> children = new ArrayList<>();
    private OpenDescriptors before;

    @BeforeEach
    void look() throws IOException {
        before = OpenDescriptors.now();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        map.closeAll(true);
        for (Process child : children) {
            child.destroyForcibly();
            assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
            child.getOutputStream().close();
            child.getInputStream().close();
            child.getErrorStream().close();
        }
        LiveThreads.awaitEndOf("asyncore-file");
        before.assertNothingLeft();
    }

    private Process start(String script) throws IOException {
        Assumptions.assumeTrue(Path.of("/bin/sh").toFile().canExecute(), "skipped: no /bin/sh here");
        Process child = new ProcessBuilder("/bin/sh", "-c", script).start();
        children.add(child);
        return child;
    }

    private Collector collect(InputStream output) throws IOException {
        try (FileWrapper wrapper = FileWrapper.of(output)) {
            return new Collector(wrapper, map);
        }
    }

    private Feeder feed(Process child, byte[] data) throws IOException {
        try (FileWrapper wrapper = FileWrapper.of(child.getOutputStream())) {
            return new Feeder(wrapper, map, data);
        }
    }

    @Test
    void bothOutputsAreReadToTheirEnds() throws Exception {
        Process child = start("echo to output; echo to errors >&2; echo the end");
        Collector output = collect(child.getInputStream());
        Collector errors = collect(child.getErrorStream());
        Asyncore.loop(null, false, map, null);
        assertThat(output.text()).isEqualTo("to output\nthe end\n");
        assertThat(errors.text()).isEqualTo("to errors\n");
        assertThat(output.ends).containsExactly("close PEER");
    }

    @Test
    void whatIsWrittenToItsInputComesBackFromItsOutput() throws Exception {
        byte[] data = new byte[3_000_000];
        new Random(1).nextBytes(data);
        Process child = start("exec cat");
        Feeder input = feed(child, data);
        Collector output = collect(child.getInputStream());
        Asyncore.loop(null, true, map, null);
        assertThat(input.left()).isZero();
        assertThat(ByteBuffer.wrap(output.data.toByteArray())).isEqualTo(ByteBuffer.wrap(data));
        assertThat(child.waitFor(20, TimeUnit.SECONDS))
                .as("it was told of the end")
                .isTrue();
    }

    /** It answers when it is asked, and the loop goes on in between. */
    @Test
    void questionsAndAnswers() throws Exception {
        Process child = start("while read line; do echo \"you said $line\"; done");
        Collector output = collect(child.getInputStream());
        try (FileWrapper wrapper = FileWrapper.of(child.getOutputStream())) {
            FileDispatcher input = new FileDispatcher(wrapper, map);
            for (int i = 0; i < 10; i++) {
                String answer = "you said " + i + "\n";
                byte[] question = (i + "\n").getBytes(UTF_8);
                Await.turning(map, "the question is taken", () -> input.send(question) == 2);
                Await.turning(map, answer, () -> output.text().endsWith(answer));
            }
            input.close();
        }
        Asyncore.loop(null, false, map, null);
        assertThat(output.ends).containsExactly("close PEER");
    }

    /** The child reads nothing until it is told to, by another way. */
    @Test
    void aChildThatDoesNotReadHoldsUpItsPipeAndNotTheLoop(@TempDir Path directory) throws Exception {
        Path permission = Fifo.in(directory);
        Process child = start("read go < '" + permission + "'; exec cat");
        byte[] data = new byte[1_000_000];
        new Random(2).nextBytes(data);
        Feeder input = feed(child, data);
        Collector output = collect(child.getInputStream());

        int[] ticks = {0};
        LoopTimer timer = map.loop().callEvery(Duration.ofMillis(5), () -> ticks[0]++);
        Await.turning(map, "time goes by", () -> ticks[0] >= 20);
        timer.cancel();
        assertThat(input.left()).as("bytes not taken").isPositive();
        assertThat(output.data.size()).isZero();

        Files.writeString(permission, "go\n");
        Asyncore.loop(null, false, map, null);
        assertThat(ByteBuffer.wrap(output.data.toByteArray())).isEqualTo(ByteBuffer.wrap(data));
    }

    @Test
    void aChildThatEndsBeforeItsInputDoesIsALostPeer() throws Exception {
        Process child = start("exit 0");
        assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
        Feeder input = feed(child, new byte[1_000_000]);
        Asyncore.loop(null, false, map, null);
        assertThat(input.left()).isPositive();
        assertThat(input.errors).isEmpty();
        assertThat(input.ends).containsExactly("close RESET");
    }

    /** Who has nothing more to write is told all the same. */
    @Test
    void theLossOfTheLastBufferIsNoticed() throws Exception {
        Process child = start("exit 0");
        assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
        List<String> ends = new ArrayList<>();
        try (FileWrapper wrapper = FileWrapper.of(child.getOutputStream())) {
            FileDispatcher input = new FileDispatcher(wrapper, map) {
                @Override
                protected void handleClose() {
                    ends.add("close " + closeReason());
                }
            };
            assertThat(input.send(new byte[100])).isEqualTo(100);
        }
        Asyncore.loop(null, false, map, null);
        assertThat(ends).containsExactly("close RESET");
    }

    @Test
    void aSilentChildHoldsUpNothingWhenItsDispatcherIsClosed() throws Exception {
        Process child = start("exec cat");
        Collector output = collect(child.getInputStream());
        Asyncore.poll(Duration.ZERO, map);
        LiveThreads.awaitCallOf(FileInputStream.class, "asyncore-file");
        output.close();
        Asyncore.loop(null, false, map, null);
        assertThat(output.ends).isEmpty();
        child.destroyForcibly();
        LiveThreads.awaitEndOf("asyncore-file");
    }

    /** The end of the child's input is all that {@code shutdownOutput} can mean. */
    @Test
    void shutdownOutputTellsTheChildOfTheEnd() throws Exception {
        Process child = start("exec wc -c");
        Collector output = collect(child.getInputStream());
        FileWrapper wrapper = FileWrapper.of(child.getOutputStream());
        FileDispatcher input = new FileDispatcher(wrapper, map);
        wrapper.close();
        input.send(new byte[1234]);
        input.shutdownOutput();
        assertThat(input.isClosed()).isFalse();
        assertThat(input.send(new byte[1])).isZero();
        Await.turning(map, "the child's answer", output::isClosed);
        assertThat(output.text().strip()).isEqualTo("1234");
        input.close();
    }
}
