package io.asyncore;

import io.asyncore.transport.Transport;

/**
 * Closes a channel as soon as nothing is left to be answered. It looks whenever something has happened to the channel; when
 * nothing more is to be seen, one read is tried, as what the peer has sent may not have been found yet. Confined to the
 * loop's thread.
 */
final class ChannelDrain extends TimerNode {

    private final DispatcherWithSend channel;
    private boolean heard;

    ChannelDrain(DispatcherWithSend channel) {
        this.channel = channel;
    }

    /** Something has arrived. */
    void inputArrived() {
        heard = true;
    }

    /** Something has happened to the channel, and it is known what it waits for now. */
    void look() {
        if (!isInTimerQueue() && isQuiet()) {
            channel.loop().timers.add(this, channel.loop().now()); // behind all that was found ready
        }
    }

    /** The channel leaves its map. */
    void suspend() {
        channel.loop().timers.remove(this);
    }

    @Override
    void fire() {
        EventLoop loop = channel.loop();
        if (!isQuiet()) {
            return;
        }
        heard = false;
        if (!channel.isInputEnded()) {
            loop.callbacks.serve(channel, Transport.READ);
        }
        if (!heard && isQuiet() && channel.loop() == loop) {
            loop.callbacks.call(LoopEvent.TASK, channel, unused -> channel.closeWhenDone());
        }
    }

    /** Nothing half received, nothing received and not yet taken, and no gate behind which there may be more. */
    private boolean isQuiet() {
        Transport transport = channel.transport;
        return transport != null
                && channel.state() == ChannelState.CONNECTED
                && !channel.isEnding()
                && !channel.isInMessage()
                && !channel.hasOwnInput()
                && !channel.hasOutputOnItsWay()
                && (channel.isInputEnded()
                        ? !channel.isGateClosed()
                        : channel.isWatching(Transport.READ, channel.loop()))
                && (transport.localReadiness() & Transport.READ) == 0;
    }
}
