package io.asyncore.benchmarks.parts;

import io.asyncore.chat.Terminator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The search for the end of a line, in 64 KiB of input: the largest part of what a chat does with a byte. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TerminatorBenchmark {
    private static final int INPUT = 64 * 1024;
    private static final int LINE = 64;

    private final Terminator lineEnd = Terminator.delimiter("\r\n");
    private ByteBuffer oneLine = ByteBuffer.allocate(0);
    private ByteBuffer falseStarts = ByteBuffer.allocate(0);
    private ByteBuffer shortLines = ByteBuffer.allocate(0);

    /** Fills the inputs. They are on the heap, as the loop's read buffer is. */
    @Setup
    public void fill() {
        oneLine = input("x".repeat(INPUT - 2) + "\r\n");
        falseStarts = input("\r".repeat(INPUT - 2) + "\r\n");
        shortLines = input(("x".repeat(LINE - 2) + "\r\n").repeat(INPUT / LINE));
    }

    /** One line as long as the input; time per byte. */
    @Benchmark
    @OperationsPerInvocation(INPUT)
    public int oneLine() {
        return lineEnd.search(oneLine, 0);
    }

    /** The same, where every byte looks like the beginning of the end. */
    @Benchmark
    @OperationsPerInvocation(INPUT)
    public int falseStarts() {
        return lineEnd.search(falseStarts, 0);
    }

    /** Lines of 64 bytes, one after the other; time per line. */
    @Benchmark
    @OperationsPerInvocation(INPUT / LINE)
    public int shortLines() {
        ByteBuffer rest = shortLines.duplicate();
        int lines = 0;
        while (rest.hasRemaining()) {
            rest.position(rest.position() + lineEnd.search(rest, 0) + lineEnd.width());
            lines++;
        }
        return lines;
    }

    private static ByteBuffer input(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
