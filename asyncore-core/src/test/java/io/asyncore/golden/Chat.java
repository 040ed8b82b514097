package io.asyncore.golden;

import io.asyncore.chat.AsyncChat;
import io.asyncore.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A recording {@code async_chat} whose lines end with a line feed unless the scenario says otherwise. */
final class Chat extends AsyncChat implements Recording<Chat> {

    private final Script<Chat> script;

    Chat(Stage stage, String name) {
        super(stage.map);
        script = new Script<>(stage, name);
        setTerminator('\n');
    }

    Chat(Stage stage, String name, Transport socket) throws IOException {
        super(socket, stage.map);
        script = new Script<>(stage, name);
        setTerminator('\n');
    }

    @Override
    public Script<Chat> script() {
        return script;
    }

    @Override
    public Chat self() {
        return this;
    }

    /** What was collected since the last call, as text. */
    String data() {
        return Text.shown(getData());
    }

    /** The predicate that the loop asks. */
    boolean wantsToWrite() {
        return writable();
    }

    @Override
    protected void collectIncomingData(ByteBuffer data) throws Exception {
        byte[] copy = new byte[data.remaining()];
        data.duplicate().get(copy);
        String arguments = "(" + Text.shown(copy) + ")";
        script.play(this, "collect_incoming_data", arguments, a -> super.collectIncomingData(data));
    }

    @Override
    protected void foundTerminator() throws Exception {
        script.play(this, "found_terminator", Hook.nothing());
    }

    @Override
    protected void handleConnect() throws Exception {
        script.play(this, "handle_connect", Hook.nothing());
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
