package io.asyncore.golden;

import io.asyncore.Dispatcher;
import io.asyncore.transport.Transport;
import java.io.IOException;

/** A recording dispatcher that leaves reading to the default. */
final class Bare extends Dispatcher implements Recording<Bare> {

    private final Script<Bare> script;

    Bare(Stage stage, String name, Transport socket) throws IOException {
        super(socket, stage.map);
        script = new Script<>(stage, name);
    }

    @Override
    public Script<Bare> script() {
        return script;
    }

    @Override
    public Bare self() {
        return this;
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
