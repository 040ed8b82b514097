package io.asyncore.benchmarks.servers;

import io.asyncore.chat.LengthPrefixedChat;

/** Sends back every frame behind its length. Confined to its loop's thread. */
final class PrefixedHandler extends LengthPrefixedChat {

    @Override
    protected void handleFrame(byte[] frame) {
        pushFrame(frame);
    }
}
