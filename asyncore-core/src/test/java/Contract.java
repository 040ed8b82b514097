import io.asyncore.*;
import io.asyncore.chat.*;
import io.asyncore.server.*;
import io.asyncore.transport.Transport;
import java.net.*;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;

/** Compiles against every name that the design promises, and runs a small conversation with them. */
public final class Contract {

    static class Handler extends Dispatcher {
        final StringBuilder seen = new StringBuilder();

        Handler() {}

        Handler(ChannelMap map) {
            super(map);
        }

        Handler(Transport socket) {
            super(socket);
        }

        Handler(Transport socket, ChannelMap map) {
            super(socket, map);
        }

        @Override
        protected boolean readable() {
            return super.readable();
        }

        @Override
        protected boolean writable() {
            return false;
        }

        @Override
        protected void handleRead() throws Exception {
            byte[] some = recv(4);
            ByteBuffer rest = ByteBuffer.allocate(100);
            int n = recv(rest);
            ByteBuffer view = recv();
            seen.append(new String(some)).append(n).append(view.remaining());
            send(some);
            send(ByteBuffer.wrap(some));
        }

        @Override
        protected void handleWrite() throws Exception {}

        @Override
        protected void handleExpt() throws Exception {}

        @Override
        protected void handleConnect() throws Exception {}

        @Override
        protected void handleAccept() throws Exception {
            super.handleAccept();
        }

        @Override
        protected void handleAccepted(Transport socket, SocketAddress address) throws Exception {
            new Handler(socket);
        }

        @Override
        protected void handleClose() throws Exception {
            close();
        }

        @Override
        protected void handleError(Throwable error) throws Exception {
            super.handleError(error);
        }
    }

    static class Lines extends LineChat {
        @Override
        protected void handleLine(String line) throws Exception {
            if (line.equals("quit")) {
                pushLine("bye");
                closeWhenDone();
            } else {
                pushLine("you said " + line);
            }
        }
    }

    static class Chat extends AsyncChat {
        final StringBuilder frames = new StringBuilder();

        Chat() {
            setTerminator("\r\n");
            setTerminator(new byte[] {'\n'});
            setTerminator('\n');
            setTerminator(5);
            setTerminator(Terminator.none());
            setTerminator(Terminator.delimiter("\r\n"));
        }

        @Override
        protected void collectIncomingData(ByteBuffer data) throws Exception {
            super.collectIncomingData(data);
        }

        @Override
        protected void foundTerminator() throws Exception {
            frames.append(new String(getData())).append('|');
            push("a".getBytes());
            push("b");
            push(ByteBuffer.wrap("c".getBytes()));
            pushWithProducer(new SimpleProducer("defgh".getBytes(), 2));
            getTerminator();
        }
    }

    public static void main(String[] args) throws Exception {
        ChannelMap map = new ChannelMap();
        Handler listener = new Handler(map);
        listener.createSocket();
        listener.setReuseAddr();
        listener.bind(new InetSocketAddress("127.0.0.1", 0));
        listener.listen(5);
        check(listener.isAccepting() && !listener.isConnected() && map.size() == 1, "listener " + listener);
        Handler client = new Handler(map);
        client.createSocket(StandardProtocolFamily.INET, SocketType.STREAM);
        client.connect(listener.socket().localAddress());
        Asyncore.loop(Duration.ofMillis(10), true, map, 20);
        check(client.isConnected() && !client.isConnecting() && !client.isClosed(), "client " + client);
        check(map.size() == 3, "map " + map.size());
        check(map.get(client.id()) == client, "id");
        client.setDebug(false);
        client.setIgnoreLogTypes(Set.of());
        client.log("a");
        client.logInfo("b", "info");
        client.address();
        client.close();
        Asyncore.poll(Duration.ofMillis(10), map);
        Asyncore.poll2(Duration.ofMillis(10), map);
        Asyncore.closeAll(map, true);
        check(map.isEmpty() && map.channels().isEmpty(), "empty");
        Asyncore.loop(Duration.ofMillis(1), false, map, null);
        check(ChannelMap.global() == ChannelMap.current(), "global");
        check(!CompactTraceback.of(new RuntimeException("spam")).toString().isEmpty(), "traceback");

        try (Server server = Server.builder()
                .port(0)
                .handler(Lines::new)
                .idleTimeout(Duration.ofMinutes(5))
                .maxConnections(100)
                .start()) {
            try (Socket s = new Socket("127.0.0.1", server.port())) {
                s.getOutputStream().write("hello\nquit\n".getBytes());
                String all = new String(s.getInputStream().readAllBytes());
                check(all.replace("\r", "").equals("you said hello\nbye\n"), "conversation: " + all);
            }
        }
        EventLoop loop = new EventLoop(new ChannelMap());
        int[] fired = {0};
        LoopTimer t = loop.callLater(Duration.ofMillis(1), () -> fired[0]++);
        LoopTimer gone = loop.callEvery(Duration.ofMillis(1), () -> fired[0] += 100);
        gone.cancel();
        loop.poll(Duration.ofMillis(50));
        loop.poll(Duration.ofMillis(50));
        check(fired[0] == 1, "timer " + fired[0]);
        loop.execute(() -> fired[0]++);
        loop.poll(Duration.ofMillis(50));
        check(fired[0] == 2, "task " + fired[0]);
        System.out.println("contract holds");
    }

    static void check(boolean ok, String what) {
        if (!ok) throw new AssertionError(what);
    }
}
