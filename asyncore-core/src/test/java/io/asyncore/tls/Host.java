package io.asyncore.tls;

import io.asyncore.ChannelMap;
import io.asyncore.ChannelOptions;
import io.asyncore.Dispatcher;
import io.asyncore.EventLoop;
import io.asyncore.transport.Transport;
import io.asyncore.transport.tls.TlsTransport;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** A loop on a thread of its own that listens, and what a test needs to wait for things on it. */
public final class Host implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    public final EventLoop loop = new EventLoop(new ChannelMap());
    private final Thread thread;
    private int port;

    /** Gives each connection, as the function makes it of the socket, to a new handler. */
    public Host(ChannelOptions options, Function<Transport, Transport> over, Supplier<? extends Dispatcher> handlers)
            throws Exception {
        Dispatcher door = new Dispatcher(loop.map()) {
            @Override
            protected void handleAccepted(Transport socket, SocketAddress peer) {
                loop.attach(handlers.get(), over.apply(socket), options);
            }
        };
        door.createSocket();
        door.bind(new InetSocketAddress("127.0.0.1", 0));
        door.listen(50);
        if (door.address() instanceof InetSocketAddress bound) {
            port = bound.getPort();
        }
        thread = loop.start(body -> new Thread(body, "host"));
    }

    /** Speaks plain text first; handlers may turn TLS on. */
    public static Host plain(ChannelOptions options, Supplier<? extends Dispatcher> handlers) throws Exception {
        return new Host(options, socket -> socket, handlers);
    }

    /** Speaks TLS from the first byte. */
    public static Host tls(SSLContext context, Supplier<? extends Dispatcher> handlers) throws Exception {
        return tls(() -> serverEngine(context), handlers);
    }

    public static Host tls(Supplier<SSLEngine> engines, Supplier<? extends Dispatcher> handlers) throws Exception {
        return tls(engines, Runnable::run, handlers);
    }

    public static Host tls(Supplier<SSLEngine> engines, Executor tasks, Supplier<? extends Dispatcher> handlers)
            throws Exception {
        return new Host(
                ChannelOptions.DEFAULTS,
                socket -> new TlsTransport(socket, engines.get(), tasks, System::nanoTime),
                handlers);
    }

    public static SSLEngine serverEngine(SSLContext context) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        return engine;
    }

    public int port() {
        return port;
    }

    public InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", port);
    }

    /** What a task returns that ran on the loop's thread. */
    public <T> T call(Callable<T> task) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                result.complete(task.call());
            } catch (Exception | AssertionError e) {
                result.completeExceptionally(e);
            }
        });
        return result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Waits until the condition holds on the loop's thread; asked again and again, without a pause. */
    public void await(BooleanSupplier condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!call(condition::getAsBoolean)) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError(
                        "not within " + PATIENCE + ": " + loop.map().channels());
            }
            Thread.onSpinWait();
        }
    }

    /** Makes a client on the loop's thread, in its map. */
    public <D extends Dispatcher> D connect(Supplier<D> clients) throws Exception {
        return connect(clients, address());
    }

    public <D extends Dispatcher> D connect(Supplier<D> clients, InetSocketAddress to) throws Exception {
        return call(() -> {
            D client = clients.get();
            client.createSocket();
            client.connect(to);
            return client;
        });
    }

    @Override
    public void close() {
        loop.stop();
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (thread.isAlive()) {
            throw new AssertionError("the loop does not stop");
        }
    }
}
