package io.asyncore.benchmarks.servers;

import io.asyncore.ChannelGroup;
import io.asyncore.DispatcherWithSend;

/** Sends what it reads to everybody. Confined to its loop's thread. */
final class BroadcastHandler extends DispatcherWithSend {

    private final ChannelGroup everybody;

    BroadcastHandler(ChannelGroup everybody) {
        this.everybody = everybody;
    }

    @Override
    protected void handleConnect() {
        everybody.add(this);
    }

    @Override
    protected void handleRead() throws Exception {
        everybody.send(recv());
    }
}
