package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelSnapshot;
import io.asyncore.CloseReason;
import io.asyncore.Dispatcher;
import io.asyncore.LoopCounters;
import io.asyncore.LoopEvent;
import io.asyncore.chat.LineChat;
import io.asyncore.descriptors.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a server with several loops shows of itself: who comes and goes, snapshots, counts of each loop, waiting output. */
@ExtendWith(QuietAcceptor.class)
@Timeout(60)
class ObservedTest {

    private static final int LOOPS = 3;

    private static Server.Builder described() {
        return Server.builder()
                .address(InetAddress.getLoopbackAddress())
                .loops(LOOPS)
                .handler(EchoLines::new);
    }

    private static List<Client> served(Server server, int count) throws IOException {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Client client = new Client(server.port());
            assertThat(client.ask("hello")).isEqualTo("hello");
            clients.add(client);
        }
        return clients;
    }

    private static void close(List<Client> clients) throws IOException {
        for (Client client : clients) {
            client.close();
        }
    }

    @Test
    void snapshotsAreOfAllLoopsByIdAndOneIsFoundWhereverItIs() throws Exception {
        try (Server server = described().start()) {
            List<Client> clients = served(server, 2 * LOOPS);
            List<ChannelSnapshot> all = server.channels().get(30, TimeUnit.SECONDS);
            assertThat(all)
                    .hasSize(2 * LOOPS + 1)
                    .extracting(ChannelSnapshot::id)
                    .isSorted();
            for (Dispatcher connection : server.connections()) {
                Optional<ChannelSnapshot> one = server.channel(connection.id()).get(30, TimeUnit.SECONDS);
                assertThat(one).get().extracting(ChannelSnapshot::bytesIn).isEqualTo(6L);
            }
            assertThat(server.channel(Long.MAX_VALUE).get(30, TimeUnit.SECONDS)).isEmpty();
            close(clients);
        }
    }

    @Test
    void anEndedServerHasNoSnapshots() throws Exception {
        Server server = described().start();
        server.close();
        Assertions.assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> server.channels().get(30, TimeUnit.SECONDS))
                .withCauseInstanceOf(RejectedExecutionException.class);
        assertThat(server.channel(1).get(30, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void eachLoopHasAListenerOfItsOwn() throws Exception {
        List<LoopCounters> counters = new ArrayList<>();
        Server.Builder builder = described().loopListener(index -> {
            assertThat(index).isEqualTo(counters.size());
            counters.add(new LoopCounters());
            return counters.get(index);
        });
        try (Server server = builder.start()) {
            List<Client> clients = served(server, 2 * LOOPS);
            assertThat(counters)
                    .hasSize(LOOPS)
                    .allSatisfy(each -> assertThat(each.count(LoopEvent.READ)).isEqualTo(2));
            close(clients);
        }
    }

    /** What handlers connect to, and listeners, are no connections of the server. */
    @Test
    void onlyWhoWasOpenedEndsAndEachOnce() throws Exception {
        Queue<Dispatcher> opened = new ConcurrentLinkedQueue<>();
        Queue<Dispatcher> ended = new ConcurrentLinkedQueue<>();
        Queue<CloseReason> reasons = new ConcurrentLinkedQueue<>();
        Server.Builder builder = described().listener(new ServerListener() {
            @Override
            public void onOpened(Dispatcher handler) {
                opened.add(handler);
            }

            @Override
            public void onEnded(Dispatcher handler, CloseReason reason) {
                ended.add(handler);
                reasons.add(reason);
            }

            @Override
            public void onRejected(SocketAddress peer, RejectReason reason) {
                throw new AssertionError("nobody is");
            }
        });
        try (Server server = builder.start()) {
            List<Client> clients = served(server, LOOPS);
            close(clients.subList(0, 2));
            Await.until("two have left", () -> ended.size() == 2);
        }
        assertThat(ended).containsExactlyInAnyOrderElementsOf(opened).doesNotHaveDuplicates();
        assertThat(reasons).containsExactly(CloseReason.PEER, CloseReason.PEER, CloseReason.SHUTDOWN);
    }

    /** Says more than the kernel takes, to somebody who does not listen. */
    private static final class Talker extends LineChat {
        @Override
        protected void handleLine(String line) {
            push(new byte[6 << 20]);
        }
    }

    @Test
    void outputThatWaitsIsSeenUntilItIsGone() throws Exception {
        Server.Builder builder = described().loops(1).handler(Talker::new);
        try (Server server = builder.idleTimeout(Duration.ofMinutes(1)).start()) {
            try (Client client = new Client(server.port())) {
                assertThat(server.loop().pendingOutput()).isZero();
                client.say("unfinished input\nis not counted");
                Await.until("some waits", () -> server.loop().pendingOutput() > 0);
                assertThat(server.loop().pendingOutput()).isLessThanOrEqualTo(6 << 20);
            }
            Await.until("nothing waits", () -> server.loop().pendingOutput() == 0);
        }
    }
}
