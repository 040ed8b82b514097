package io.asyncore.file;

import io.asyncore.ChannelMap;
import io.asyncore.FileDispatcher;
import io.asyncore.FileWrapper;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads a file to its end and writes down what happened besides. */
class Collector extends FileDispatcher {

    final ByteArrayOutputStream data = new ByteArrayOutputStream();
    final List<Throwable> errors = new ArrayList<>();
    final List<String> ends = new ArrayList<>();

    Collector(FileWrapper file, ChannelMap map) {
        super(file, map);
    }

    String text() {
        return data.toString(StandardCharsets.UTF_8);
    }

    @Override
    protected void handleRead() throws Exception {
        ByteBuffer input = recv();
        byte[] copy = new byte[input.remaining()];
        input.get(input.position(), copy);
        data.writeBytes(copy);
    }

    @Override
    protected void handleError(Throwable error) {
        errors.add(error);
    }

    @Override
    protected void handleClose() {
        ends.add("close " + closeReason());
    }
}
