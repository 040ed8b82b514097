package io.asyncore.server;

import io.asyncore.DispatcherWithSend;

/** Says a farewell to a client that is not let in, and closes when it is out. On the loop's thread. */
final class Refusal extends DispatcherWithSend {

    private final byte[] farewell;

    Refusal(byte[] farewell) {
        this.farewell = farewell;
    }

    @Override
    protected void handleConnect() {
        send(farewell);
        closeWhenDone();
    }
}
