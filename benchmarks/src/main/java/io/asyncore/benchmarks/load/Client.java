package io.asyncore.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One connection of a closed loop. Confined to the load generator's thread. */
final class Client {

    private final SocketChannel channel;
    private final Selector selector;
    private final Messages messages;
    private final ByteBuffer output;
    private final ByteBuffer expected;
    private final int size;
    private final long[] issuedAt;
    private long sent;
    private long received;
    private long issued;
    private long back;
    private boolean blocked;

    /** @param number clients of different numbers send different bytes */
    Client(SocketChannel channel, Selector selector, Load load, Messages messages, int number) {
        this.channel = channel;
        this.selector = selector;
        this.messages = messages;
        output = messages.view();
        expected = messages.view();
        size = load.size();
        issuedAt = new long[load.depth()];
        sent = (long) number * size;
        received = sent;
        issued = number;
        back = number;
    }

    void start() throws IOException {
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
        issue(issuedAt.length, System.nanoTime());
        send();
    }

    private void issue(long count, long now) {
        for (long i = 0; i < count; i++) {
            issuedAt[(int) (issued++ % issuedAt.length)] = now;
        }
    }

    /** Sends what is due, as far as it goes. */
    void send() throws IOException {
        long due = issued * size;
        if (sent < due) {
            sent += channel.write(messages.select(output, sent, due));
            waitForRoom(sent < due);
        }
    }

    private void waitForRoom(boolean needed) {
        if (needed != blocked) {
            blocked = needed;
            channel.keyFor(selector)
                    .interestOps(needed ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        }
    }

    /** Reads once, compares, and has the next messages sent for those that are back. */
    void receive(ByteBuffer input, Window window) throws IOException {
        int count = channel.read(input);
        if (count < 0) {
            throw new IOException("the server has closed a connection");
        }
        if (received + count > sent
                || input.flip().mismatch(messages.select(expected, received, received + count)) >= 0) {
            throw new IOException("the server answers with other bytes than it was sent");
        }
        received += count;
        long now = System.nanoTime();
        long complete = received / size - back;
        for (long i = 0; i < complete; i++) {
            window.count(now - issuedAt[(int) (back++ % issuedAt.length)]);
        }
        issue(complete, now);
    }

    void close() {
        Loopback.close(channel);
    }
}
