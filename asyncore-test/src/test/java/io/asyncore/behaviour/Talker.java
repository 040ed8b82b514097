package io.asyncore.behaviour;

import io.asyncore.ChannelMap;
import io.asyncore.CloseReason;
import io.asyncore.behaviour.Life.Call;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

/** One side of a conversation: does random things at random times, and remembers what it has done. */
final class Talker extends Sender {

    static final Duration PROGRAM = Duration.ofMillis(300);

    private final Simulation run;
    private final boolean staysAtEof;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    boolean endedItself;
    private int depth;

    Talker(Simulation run, ChannelMap map) {
        super(map);
        this.run = run;
        staysAtEof = run.random.nextBoolean();
    }

    /** Everything that {@code send} has taken. */
    byte[] said() {
        return said.toByteArray();
    }

    /** Neither closed nor aborted nor finished by itself, but ended by what the other one did. */
    boolean endedByTheOther() {
        return !endedItself && (closeReason() == CloseReason.PEER || closeReason() == CloseReason.RESET);
    }

    @Override
    protected void handleConnect() throws Exception {
        super.handleConnect();
        for (int i = run.random.nextInt(12); i > 0; i--) {
            callLater(run.randomTime(PROGRAM), this::act);
        }
        callLater(PROGRAM.plus(run.randomTime(PROGRAM)), this::resumeReading);
        callLater(PROGRAM.multipliedBy(3), () -> {
            endedItself = true;
            closeWhenDone();
        });
    }

    private void act() {
        switch (run.random.nextInt(14)) {
            case 0 -> pauseReading();
            case 1, 2 -> resumeReading();
            case 3 -> end();
            case 4 -> nested();
            default -> say();
        }
    }

    /** A poll within a callback, and perhaps within another such poll. */
    private void nested() {
        if (depth < 3) {
            depth++;
            run.loop.poll(run.randomTime(Duration.ofMillis(20)));
            depth--;
            say();
        }
    }

    private void say() {
        byte[] words = run.randomBytes(run.random.nextInt(200));
        int taken = send(words);
        said.writeBytes(Arrays.copyOf(words, taken));
    }

    private void end() {
        int how = run.random.nextInt(4);
        endedItself |= how < 3;
        switch (how) {
            case 0 -> close();
            case 1 -> abort();
            case 2 -> closeWhenDone();
            default -> endOutput();
        }
    }

    /** It goes on listening. */
    private void endOutput() {
        try {
            shutdownOutput();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected void handleEof() throws Exception {
        if (staysAtEof) {
            life.note(Call.EOF, this);
            say();
        } else {
            super.handleEof();
        }
    }
}
