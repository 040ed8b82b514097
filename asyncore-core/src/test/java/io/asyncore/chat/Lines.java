package io.asyncore.chat;

import io.asyncore.ChannelMap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A chat that keeps its lines, and lets a test say what else its callbacks do. */
class Lines extends AsyncChat {

    /** What a test adds to a callback. */
    @FunctionalInterface
    interface Extra {
        void run(Lines chat) throws Exception;
    }

    final List<String> offered = new ArrayList<>();
    final List<String> lines = new ArrayList<>();
    final List<Throwable> errors = new ArrayList<>();
    final List<String> ends = new ArrayList<>();
    Extra onCollect = chat -> {};
    Extra onLine = chat -> {};
    Extra onError = chat -> {};

    Lines(ChannelMap map) {
        super(map);
        setTerminator('\n');
    }

    void pause() {
        pauseReading();
    }

    void resume() {
        resumeReading();
    }

    /** Behind the chat's back: the next write fails, and the input stays. */
    void shutOutput() throws IOException {
        socket().shutdownOutput();
    }

    String data() {
        return new String(getData(), StandardCharsets.ISO_8859_1);
    }

    @Override
    protected void collectIncomingData(ByteBuffer data) throws Exception {
        offered.add(StandardCharsets.ISO_8859_1.decode(data.duplicate()).toString());
        onCollect.run(this);
        super.collectIncomingData(data);
    }

    @Override
    protected void foundTerminator() throws Exception {
        lines.add(data());
        onLine.run(this);
    }

    @Override
    protected void handleEof() {
        ends.add("end after " + lines);
    }

    /** Keeps the channel. */
    @Override
    protected void handleError(Throwable error) throws Exception {
        errors.add(error);
        onError.run(this);
    }
}
