package io.asyncore.behaviour;

import io.asyncore.ChannelMap;
import io.asyncore.Dispatcher;
import io.asyncore.Timeout;
import io.asyncore.behaviour.Life.Call;
import io.asyncore.transport.Transport;
import java.nio.ByteBuffer;
import java.util.Set;

/** A plain dispatcher that writes down its life and keeps what it reads. */
class Plain extends Dispatcher {

    final Life life = new Life();

    {
        setIgnoreLogTypes(Set.of("warning", "error")); // the record tells them
    }

    Plain() {}

    Plain(ChannelMap map) {
        super(map);
    }

    Plain(Transport socket, ChannelMap map) {
        super(socket, map);
    }

    /** What has arrived; by now it is in the life's record. */
    protected void received(ByteBuffer data) throws Exception {}

    @Override
    protected void handleConnect() throws Exception {
        life.note(Call.CONNECT, this);
    }

    @Override
    protected void handleRead() throws Exception {
        life.note(Call.READ, this);
        ByteBuffer data = recv();
        life.received(data);
        received(data);
    }

    @Override
    protected void handleExpt() throws Exception {
        life.note(Call.EXPT, this);
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
