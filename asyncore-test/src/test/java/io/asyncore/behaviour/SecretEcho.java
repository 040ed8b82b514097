package io.asyncore.behaviour;

import io.asyncore.behaviour.Life.Call;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;

/** The server's side of a TLS session: sends back what it gets, and its end too. */
final class SecretEcho extends Secret {

    SecretEcho(String protocol) {
        super(false, protocol);
    }

    SecretEcho(String protocol, Executor tasks) {
        super(false, protocol, tasks);
    }

    @Override
    protected void received(ByteBuffer data) {
        send(data);
    }

    @Override
    protected void handleEof() {
        life.note(Call.EOF, this);
        closeWhenDone();
    }
}
