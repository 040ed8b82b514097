package io.asyncore.golden;

import io.asyncore.Dispatcher;
import io.asyncore.transport.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A recording plain dispatcher: client, listener or connected channel. Its predicates are asked each turn. */
final class Plain extends Dispatcher implements Recording<Plain> {

    boolean wantsRead = true;
    boolean wantsWrite;
    private final Script<Plain> script;
    private @Nullable Transport accepted;

    Plain(Stage stage, String name) {
        super(stage.map);
        script = new Script<>(stage, name);
    }

    Plain(Stage stage, String name, Transport socket) throws IOException {
        super(socket, stage.map);
        script = new Script<>(stage, name);
    }

    @Override
    public Script<Plain> script() {
        return script;
    }

    @Override
    public Plain self() {
        return this;
    }

    /** Reads once and says what was there, if anything was. */
    byte[] take(int size) throws IOException {
        byte[] data = recv(size);
        if (data.length > 0) {
            say("recv(" + Text.shown(data) + ")");
        }
        return data;
    }

    byte[] take() throws IOException {
        return take(64);
    }

    /** What {@code handle_accepted} was given. */
    Transport accepted() {
        return Objects.requireNonNull(accepted);
    }

    @Override
    protected boolean readable() {
        return wantsRead;
    }

    @Override
    protected boolean writable() {
        return wantsWrite;
    }

    @Override
    protected void handleConnect() throws Exception {
        script.play(this, "handle_connect", Hook.nothing());
    }

    @Override
    protected void handleRead() throws Exception {
        script.play(this, "handle_read", Plain::take);
    }

    @Override
    protected void handleWrite() throws Exception {
        script.play(this, "handle_write", a -> a.wantsWrite = false);
    }

    @Override
    protected void handleAccept() throws Exception {
        script.play(this, "handle_accept", a -> super.handleAccept());
    }

    @Override
    protected void handleAccepted(Transport socket, SocketAddress address) throws Exception {
        accepted = socket;
        script.play(this, "handle_accepted", a -> super.handleAccepted(socket, address));
    }

    /** Python has no such callback: recorded only where a scenario uses it. */
    @Override
    protected void handleEof() throws Exception {
        if (script.has("handle_eof")) {
            script.play(this, "handle_eof", Hook.nothing());
        } else {
            super.handleEof();
        }
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
