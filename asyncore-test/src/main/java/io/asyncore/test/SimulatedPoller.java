package io.asyncore.test;

import io.asyncore.transport.Poller;
import io.asyncore.transport.ReadySink;
import io.asyncore.transport.Registration;
import io.asyncore.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Does not wait: when nothing is ready it moves the clock to what happens next. */
final class SimulatedPoller implements Poller {

    /** So many polls that find something, after none of which anything was done about it, are a loop that spins. */
    private static final int SPINNING = 10_000;

    private static final int ONE_IN = 32;

    private final SimulatedNetwork network;
    private final List<Watch> watches = new ArrayList<>();
    private final List<SimulatedSocket> closing = new ArrayList<>();
    private final AtomicBoolean wokenUp = new AtomicBoolean();
    private boolean open = true;
    private long movesSeen;
    private int fruitless;

    SimulatedPoller(SimulatedNetwork network) {
        this.network = network;
    }

    boolean isOf(SimulatedNetwork network) {
        return this.network == network;
    }

    Watch watch(SimulatedSocket socket, Object channel) {
        requireOpen();
        for (Watch other : watches) {
            if (other.socket == socket) {
                throw new IllegalStateException(socket + " is watched already");
            }
        }
        Watch watch = new Watch(socket, channel);
        watches.add(watch);
        return watch;
    }

    void closeBegun(SimulatedSocket socket) {
        closing.add(socket);
    }

    @Override
    public void poll(long timeoutNanos, ReadySink sink) {
        requireOpen();
        completeCloses();
        network.catchUp();
        long deadline = network.now() + Math.min(timeoutNanos, Long.MAX_VALUE / 2);
        boolean noTime = timeoutNanos == 0 || isFickleNow();
        while (!report(sink) && !wokenUp.getAndSet(false) && !noTime) {
            if (timeoutNanos > 0 && !network.happensBy(deadline)) {
                network.clock().moveTo(deadline);
                return;
            }
            network.skipToNextEvent();
        }
    }

    private boolean isFickleNow() {
        return network.conditions().fickle() && network.random().nextInt(ONE_IN) == 0;
    }

    private boolean report(ReadySink sink) {
        List<Watch> ready = new ArrayList<>();
        for (Watch watch : watches) {
            if (watch.look()) {
                ready.add(watch);
            }
        }
        if (ready.isEmpty()) {
            return false;
        }
        checkProgress(ready);
        if (network.conditions().fickle()) {
            pickSome(ready);
            cryWolf(sink);
        }
        ready.forEach(watch -> watch.report(sink));
        return true;
    }

    /** In any order, and not always all: kernels name a thousand at a time. */
    private void pickSome(List<Watch> ready) {
        network.shuffle(ready);
        if (network.random().nextInt(4) == 0) {
            ready.subList(1 + network.random().nextInt(ready.size()), ready.size())
                    .clear();
        }
    }

    /** Readiness is a hint: by the time of the read, nothing may be there. */
    private void cryWolf(ReadySink sink) {
        for (Watch watch : watches) {
            int hint = watch.interest & (Transport.READ | Transport.WRITE);
            if (watch.found == 0 && hint != 0 && network.random().nextInt(ONE_IN) == 0) {
                sink.ready(watch.channel, hint);
            }
        }
    }

    private void checkProgress(List<Watch> ready) {
        if (movesSeen != network.moves()) {
            movesSeen = network.moves();
            fruitless = 0;
        } else if (++fruitless > SPINNING) {
            throw new IllegalStateException("the loop spins: " + SPINNING
                    + " polls in a row found something ready, and nothing came of it: " + ready);
        }
    }

    @Override
    public void wakeup() {
        wokenUp.set(true);
    }

    @Override
    public void completeCloses() {
        if (!closing.isEmpty()) {
            closing.forEach(SimulatedSocket::release);
            closing.clear();
            watches.removeIf(watch -> !watch.socket.isOpen());
        }
    }

    @Override
    public void close() {
        completeCloses();
        open = false;
    }

    private void requireOpen() {
        if (!open) {
            throw new IllegalStateException("this poller is closed");
        }
    }

    /** One socket under watch. */
    private final class Watch implements Registration {

        private final SimulatedSocket socket;
        private final Object channel;
        private int interest;
        private int found;

        Watch(SimulatedSocket socket, Object channel) {
            this.socket = socket;
            this.channel = channel;
        }

        boolean look() {
            found = socket.isOpen() ? socket.readiness() & interest : 0;
            return found != 0;
        }

        void report(ReadySink sink) {
            if ((found & Transport.EXPT) != 0) {
                socket.urgentReported();
                network.moved();
            }
            sink.ready(channel, found);
        }

        @Override
        public void interest(int ops) {
            interest = ops;
        }

        @Override
        public void cancel() {
            watches.remove(this);
        }

        @Override
        public String toString() {
            return channel + " (ready " + found + ")";
        }
    }
}
