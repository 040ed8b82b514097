package io.asyncore.cpython;

import io.asyncore.transport.DatagramTransport;
import io.asyncore.transport.Poller;
import io.asyncore.transport.ReadySink;
import io.asyncore.transport.StreamTransport;
import io.asyncore.transport.Transport;
import io.asyncore.transport.TransportProvider;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.ProtocolFamily;
import java.util.HashMap;
import java.util.Map;

/**
 * NIO with the one event that it lacks: the poller also reports exceptional readiness of the channels it is told of, as
 * an operating system's poller does when urgent data arrive. Everything else is the real thing.
 */
final class UrgentNio implements TransportProvider {

    private final TransportProvider nio = TransportProvider.nio();
    private final Map<Object, Integer> urgent = new HashMap<>();

    /** The next poll finds urgent data on this channel. */
    void urgentDataOn(Object channel) {
        urgent.put(channel, Transport.EXPT);
    }

    @Override
    public StreamTransport openStream(ProtocolFamily family) throws IOException {
        return withOwnPoller(nio.openStream(family));
    }

    @Override
    public DatagramTransport openDatagram(ProtocolFamily family) throws IOException {
        return nio.openDatagram(family);
    }

    @Override
    public Poller openPoller() throws IOException {
        return new UrgentPoller(nio.openPoller());
    }

    /** A NIO transport can be watched by a NIO poller only, so its registration goes to the one behind ours. */
    private static StreamTransport withOwnPoller(StreamTransport stream) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().equals("register")) {
                return stream.register(((UrgentPoller) arguments[0]).nio, arguments[1]);
            }
            try {
                Object result = method.invoke(stream, arguments);
                return result instanceof StreamTransport accepted ? withOwnPoller(accepted) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return (StreamTransport) Proxy.newProxyInstance(
                UrgentNio.class.getClassLoader(), new Class<?>[] {StreamTransport.class}, handler);
    }

    private final class UrgentPoller implements Poller {

        private final Poller nio;

        UrgentPoller(Poller nio) {
            this.nio = nio;
        }

        @Override
        public void poll(long timeoutNanos, ReadySink sink) throws IOException {
            Map<Object, Integer> ready = new HashMap<>(urgent);
            urgent.clear();
            nio.poll(ready.isEmpty() ? timeoutNanos : 0, (channel, ops) -> ready.merge(channel, ops, (a, b) -> a | b));
            ready.forEach(sink::ready);
        }

        @Override
        public void wakeup() {
            nio.wakeup();
        }

        @Override
        public void completeCloses() throws IOException {
            nio.completeCloses();
        }

        @Override
        public void close() throws IOException {
            nio.close();
        }
    }
}
