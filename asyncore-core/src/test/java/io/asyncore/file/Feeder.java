package io.asyncore.file;

import io.asyncore.ChannelMap;
import io.asyncore.FileDispatcher;
import io.asyncore.FileWrapper;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Writes all it has, as fast as the file takes it, then closes. */
class Feeder extends FileDispatcher {

    final List<Throwable> errors = new ArrayList<>();
    final List<String> ends = new ArrayList<>();
    private final ByteBuffer data;

    Feeder(FileWrapper file, ChannelMap map, byte[] data) {
        super(file, map);
        this.data = ByteBuffer.wrap(data);
    }

    int left() {
        return data.remaining();
    }

    @Override
    protected boolean writable() {
        return data.hasRemaining();
    }

    @Override
    protected void handleWrite() throws Exception {
        send(data);
        if (!data.hasRemaining()) {
            close();
        }
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
