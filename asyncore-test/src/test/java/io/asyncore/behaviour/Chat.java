package io.asyncore.behaviour;

import io.asyncore.Timeout;
import io.asyncore.behaviour.Life.Call;
import io.asyncore.chat.AsyncChat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A chat that writes down its life and keeps its frames. */
class Chat extends AsyncChat {

    final Life life = new Life();

    {
        setIgnoreLogTypes(Set.of("warning", "error")); // the record tells them
    }

    final List<String> frames = new ArrayList<>();

    /** A frame has come; by now it is among the others. */
    protected void frame(String frame) throws Exception {}

    /** What was collected of the current frame; it is collected no more. */
    final String collected() {
        return new String(getData(), StandardCharsets.ISO_8859_1);
    }

    /** Frames are text here, one byte a character. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    protected void collectIncomingData(ByteBuffer data) throws Exception {
        if (!data.hasRemaining()) {
            throw new AssertionError("nothing to collect");
        }
        life.received(data);
        super.collectIncomingData(data);
    }

    @Override
    protected void foundTerminator() throws Exception {
        String frame = collected();
        frames.add(frame);
        frame(frame);
    }

    @Override
    protected void handleConnect() throws Exception {
        life.note(Call.CONNECT, this);
    }

    @Override
    protected void handleRead() throws Exception {
        life.note(Call.READ, this);
        super.handleRead();
    }

    @Override
    protected void handleTimeout(Timeout timeout) throws Exception {
        life.note(Call.TIMEOUT, this);
        super.handleTimeout(timeout);
    }

    @Override
    protected void handleEof() throws Exception {
        life.note(Call.EOF, this);
        super.handleEof();
    }

    @Override
    protected void handleError(Throwable error) throws Exception {
        life.error(error, this);
        if (error instanceof AssertionError failed) {
            throw failed; // a finding of the test, not of the program
        }
        super.handleError(error);
    }

    @Override
    protected void handleClose() throws Exception {
        life.note(Call.CLOSE, this);
        super.handleClose();
    }
}
