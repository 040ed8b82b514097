package io.asyncore.golden;

import io.asyncore.DispatcherWithSend;
import io.asyncore.transport.Transport;
import java.io.IOException;

/** A recording {@code dispatcher_with_send}. When its queue is written is its own business and not recorded. */
final class Queueing extends DispatcherWithSend implements Recording<Queueing> {

    private final Script<Queueing> script;

    Queueing(Stage stage, String name, Transport socket) throws IOException {
        super(socket, stage.map);
        script = new Script<>(stage, name);
    }

    @Override
    public Script<Queueing> script() {
        return script;
    }

    @Override
    public Queueing self() {
        return this;
    }

    /** Reads once and says what was there, if anything was. */
    byte[] take() throws IOException {
        byte[] data = recv(64);
        if (data.length > 0) {
            say("recv(" + Text.shown(data) + ")");
        }
        return data;
    }

    @Override
    protected void handleRead() throws Exception {
        script.play(this, "handle_read", Queueing::take);
    }

    @Override
    protected void handleClose() throws Exception {
        script.play(this, "handle_close", a -> super.handleClose());
    }

    @Override
    protected void handleError(Throwable error) throws Exception {
        script.playError(this, error, a -> super.handleError(error));
    }

    /** The default handlers log; a trace does not show it. */
    @Override
    public void logInfo(String message, String type) {}
}
