package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A loop that is told to stop in the middle of a turn: the callback that runs is the last one of it. */
class StopWithinATurnTest {

    private final ChannelMap map = new ChannelMap();
    private final EventLoop loop = map.loop();
    private final List<Socket> peers = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket peer : peers) {
            peer.close();
        }
        map.closeAll(true);
    }

    /** Stops the loop whenever it is called. */
    private final class Stopping extends Dispatcher {
        private final String name;

        Stopping(String name) {
            super(map);
            this.name = name;
        }

        @Override
        protected void handleConnect() {}

        @Override
        protected void handleRead() throws Exception {
            calls.add("read " + name + " " + recv(100).length);
            loop.stop();
        }

        @Override
        protected void handleWrite() {
            calls.add("write " + name);
            loop.stop();
        }

        @Override
        protected boolean writable() {
            return isConnected() && name.contains("writer");
        }
    }

    /** Channels that have something to read when the next turn begins. */
    private void ready(String... names) throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            for (String name : names) {
                Stopping channel = new Stopping(name);
                channel.createSocket();
                channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort()));
                peers.add(listener.accept());
                Connection.pollUntil(map, channel::isConnected);
            }
        }
        calls.clear();
        for (Socket peer : peers) {
            OutputStream output = peer.getOutputStream();
            output.write(1);
        }
    }

    @Test
    void otherChannelsThatAreReadyAreServedInTheNextRun() throws Exception {
        ready("a", "b", "c");
        loop.run();
        assertThat(calls).hasSize(1);
        loop.run();
        assertThat(calls).hasSize(2);
        loop.run();
        assertThat(calls).containsExactlyInAnyOrder("read a 1", "read b 1", "read c 1");
    }

    @Test
    void soIsWhatElseTheChannelIsReadyFor() throws Exception {
        ready("writer");
        loop.run();
        assertThat(calls).containsExactly("read writer 1");
        loop.run();
        assertThat(calls).containsExactly("read writer 1", "write writer");
    }

    @Test
    void timersThatAreDueFireInTheNextRun() throws Exception {
        ready("keeps the map from being empty");
        loop.run();
        calls.clear();
        for (String name : List.of("first", "second")) {
            loop.callLater(Duration.ZERO, () -> {
                calls.add(name);
                loop.stop();
            });
        }
        loop.run();
        assertThat(calls).containsExactly("first");
        loop.run();
        assertThat(calls).containsExactly("first", "second");
    }

    /** It waits for what it polls for, and would never return. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aCallbackThatPollsGetsWhatItWaitsFor() throws Exception {
        ready("a", "b");
        loop.execute(() -> {
            loop.stop();
            loop.callLater(Duration.ofMillis(20), () -> calls.add("timer"));
            while (calls.size() < 3) {
                loop.poll(Duration.ofSeconds(30));
            }
        });
        loop.run();
        assertThat(calls).containsExactlyInAnyOrder("read a 1", "read b 1", "timer");
    }
}
