package io.asyncore.test;

import java.net.ConnectException;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The connections that wait at a listening address to be accepted, and behind them the callers there is no room for. */
final class Backlog {

    private record Call(SocketAddress from, Caller caller) {}

    private final SimulatedNetwork network;
    private final SocketAddress address;
    private final int capacity;
    private final Deque<StreamEnd> waiting = new ArrayDeque<>();
    private final Deque<Call> outside = new ArrayDeque<>();

    Backlog(SimulatedNetwork network, SocketAddress address, int capacity) {
        this.network = network;
        this.address = address;
        this.capacity = capacity;
    }

    boolean isFull() {
        return waiting.size() >= capacity;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void call(SocketAddress from, Caller caller) {
        outside.add(new Call(from, caller));
        letIn();
    }

    private void letIn() {
        while (!isFull() && !outside.isEmpty()) {
            Call call = outside.remove();
            if (call.caller().isWaiting()) {
                connect(call);
            }
        }
    }

    /** A Unix-domain connect is done at once; any other caller hears of it a latency later. */
    private void connect(Call call) {
        if (Switchboard.isUnix(address)) {
            StreamEnd near = StreamEnd.connect(network, call.from(), address, network.now());
            waiting.add(near.other());
            call.caller().connected(near);
            return;
        }
        long established = network.now() + network.latency();
        StreamEnd near = StreamEnd.connect(network, call.from(), address, established);
        waiting.add(near.other());
        network.at(established, () -> {
            if (call.caller().isWaiting()) {
                call.caller().connected(near);
            } else {
                near.reset();
            }
        });
    }

    @Nullable StreamEnd accept() {
        StreamEnd next = waiting.poll();
        letIn();
        return next;
    }

    /** Nobody listens any more: who waits inside is reset, who waits outside refused. */
    void close() {
        waiting.forEach(StreamEnd::reset);
        waiting.clear();
        outside.forEach(call -> call.caller().refused(new ConnectException("Connection refused")));
        outside.clear();
    }
}
