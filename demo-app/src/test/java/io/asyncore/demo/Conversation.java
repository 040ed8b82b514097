package io.asyncore.demo;

import io.asyncore.ChannelMap;
import io.asyncore.DispatcherWithSend;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One client of the echo server that asks, hears the answer, and asks again, until the server ends it. Confined to its loop's
 * thread; what it has come to may be read when the loop has ended.
 */
final class Conversation extends DispatcherWithSend {

    private static final String FILLER = "x".repeat(200);

    private final int number;
    private final Conversations all;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private int asked;
    private int answered;
    private int owed;
    private String end = "none";

    Conversation(ChannelMap map, int number, Conversations all) {
        super(map);
        this.number = number;
        this.all = all;
    }

    private String question(int index) {
        return number + "/" + index + FILLER;
    }

    void ask() {
        send((question(asked++) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected void handleConnect() {
        ask();
    }

    @Override
    protected void handleRead() throws Exception {
        for (ByteBuffer input = recv(); input.hasRemaining(); ) {
            byte next = input.get();
            if (next == '\n') {
                hear(received.toString(StandardCharsets.UTF_8));
                received.reset();
            } else {
                received.write(next);
            }
        }
    }

    private void hear(String answer) {
        if (!answer.equals(question(answered))) {
            throw new IllegalStateException("answer " + answered + " is '" + answer + "'");
        }
        answered++;
        if (all.answered(answered == 1)) {
            ask();
        }
    }

    /** What has been sent until now must be answered: it has reached the server. */
    void isOwedWhatItHasAsked() {
        owed = asked - (outBufferSize() == 0 ? 0 : 1);
    }

    @Override
    protected void handleEof() throws Exception {
        end = received.size() == 0 ? "in good order" : "in the midst of '" + received + "'";
        super.handleEof();
    }

    @Override
    protected void handleError(Throwable error) throws Exception {
        end = error.toString();
        super.handleError(error);
    }

    @Override
    protected void handleClose() throws Exception {
        all.ended();
        super.handleClose();
    }

    /** How it ended, and whether something was left unanswered that should not. */
    String outcome() {
        return end + (answered >= owed ? "" : ", " + (owed - answered) + " answers missing");
    }
}
