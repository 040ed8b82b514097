package io.asyncore.benchmarks.servers;

import io.asyncore.DispatcherWithSend;

/** Sends back what it reads. Confined to its loop's thread. */
final class EchoHandler extends DispatcherWithSend {

    @Override
    protected void handleRead() throws Exception {
        send(recv());
    }
}
