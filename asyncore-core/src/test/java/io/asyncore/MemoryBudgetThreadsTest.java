package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.descriptors.Await;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A memory budget that loops on several threads share. */
@Timeout(60)
class MemoryBudgetThreadsTest {

    private static final int KIB = 1024;

    /** A channel of a running loop whose peer reads nothing. */
    private static DispatcherWithSend stuck(RunningLoop running, ServerSocket listener) throws Exception {
        return running.call(() -> {
            DispatcherWithSend channel = new DispatcherWithSend(running.loop.map());
            channel.setOptions(ChannelOptions.DEFAULTS.withWaterMarks(KIB, 2 * KIB, 64 * KIB * KIB));
            channel.createSocket();
            channel.socket().setOption(StandardSocketOptions.SO_SNDBUF, 4 * KIB);
            channel.connect(listener.getLocalSocketAddress());
            return channel;
        });
    }

    private static ServerSocket listener() throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.setReceiveBufferSize(4 * KIB);
        listener.bind(new InetSocketAddress("127.0.0.1", 0));
        return listener;
    }

    /** It sleeps, and would for half a minute more. */
    @Test
    void theLoopThatHoldsMostIsWoken() throws Exception {
        MemoryBudget budget = MemoryBudget.of(2_000 * KIB);
        try (ServerSocket listener = listener();
                RunningLoop first = new RunningLoop();
                RunningLoop second = new RunningLoop()) {
            DispatcherWithSend large = stuck(first, listener);
            DispatcherWithSend small = stuck(second, listener);
            try (Socket one = listener.accept();
                    Socket two = listener.accept()) {
                for (RunningLoop running : new RunningLoop[] {first, second}) {
                    running.call(() -> {
                        running.loop.setMemoryBudget(budget);
                        return true;
                    });
                }
                large.send(new byte[1_900 * KIB]);
                Await.until("the budget is used", () -> budget.used() > 1_400 * KIB);
                assertThat(large.isClosed()).isFalse();

                small.send(new byte[900 * KIB]);
                Await.until("the large one is closed", large::isClosed);
                Await.until("there is room again", () -> budget.used() < 1_000 * KIB);
                assertThat(large.closeReason()).isEqualTo(CloseReason.OVERFLOW);
                assertThat(small.isClosed()).isFalse();
                assertThat(one.isClosed() || two.isClosed()).isFalse();
            }
        }
        assertThat(budget.used()).as("when all loops have ended").isZero();
    }

    /** Output that another thread sends, faster than anybody reads. */
    @Test
    void alsoFromAnotherThread() throws Exception {
        MemoryBudget budget = MemoryBudget.of(1_000 * KIB);
        try (ServerSocket listener = listener();
                RunningLoop running = new RunningLoop()) {
            DispatcherWithSend channel = stuck(running, listener);
            try (Socket peer = listener.accept()) {
                running.call(() -> {
                    running.loop.setMemoryBudget(budget);
                    return true;
                });
                for (int i = 0; i < 100 && !channel.isClosed(); i++) {
                    channel.send(new byte[100 * KIB]);
                }
                Await.until("it is closed", channel::isClosed);
                assertThat(channel.closeReason()).isEqualTo(CloseReason.OVERFLOW);
                assertThat(peer.isConnected()).isTrue();
            }
            Await.until("all is given back", () -> budget.used() == 0);
        }
    }
}
