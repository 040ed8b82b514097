package io.asyncore.server;

import io.asyncore.ChannelOptions;
import io.asyncore.DispatcherWithSend;
import io.asyncore.transport.Transport;
import java.util.concurrent.atomic.AtomicInteger;

/** Says a farewell to a client that is not let in, and closes when it is out. On the loop's thread. */
final class Refusal extends DispatcherWithSend {

    private final byte[] farewell;

    Refusal(byte[] farewell) {
        this.farewell = farewell;
    }

    /** @param underWay this one is among those, until it is gone */
    void begin(Transport socket, ChannelOptions options, AtomicInteger underWay) {
        map().loop().attach(this, socket, options, gone -> underWay.getAndDecrement());
    }

    @Override
    protected void handleConnect() {
        send(farewell);
        closeWhenDone();
    }
}
