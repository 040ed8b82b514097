package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.asyncore.ChannelOptions;
import io.asyncore.CloseReason;
import io.asyncore.DispatcherWithSend;
import io.asyncore.MemoryBudget;
import io.asyncore.Timeout;
import io.asyncore.test.NetworkConditions;
import io.asyncore.test.SimulatedPeer;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Output that this side drops must not look complete: the peer sees a reset. What is complete ends as ever. */
class CutOffTest {

    private static final ChannelOptions SMALL = ChannelOptions.DEFAULTS.withWaterMarks(20, 50, 200);
    private static final Duration STALL = ChannelOptions.DEFAULTS.writeStallTimeout();
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final Simulation run = new Simulation(1, NetworkConditions.CALM.withWindow(10));
    private final Sender sender = new Sender();

    private SimulatedPeer connect(ChannelOptions options) {
        run.serve(options, () -> sender);
        SimulatedPeer peer = run.connect();
        peer.stall();
        return peer;
    }

    private void sees(SimulatedPeer peer, boolean reset) {
        peer.resume();
        run.runUntil(() -> peer.isReset() || peer.hasEnded());
        assertThat(peer.isReset()).as("reset").isEqualTo(reset);
        run.end();
    }

    @Test
    void overflow() {
        SimulatedPeer peer = connect(SMALL);
        sender.send(new byte[1_000]);
        run.turn();
        sender.send(new byte[1]);
        run.turn();
        assertThat(sender.closeReason()).isEqualTo(CloseReason.OVERFLOW);
        sees(peer, true);
    }

    /** Also when the callback in which it happens closes the channel itself. */
    @Test
    void overflowAndClose() {
        SimulatedPeer peer = connect(SMALL);
        run.inCallback(sender, () -> {
            sender.send(new byte[1_000]);
            sender.send(new byte[1]);
            sender.close();
        });
        assertThat(sender.isClosed()).isTrue();
        sees(peer, true);
    }

    @Test
    void writeStall() {
        SimulatedPeer peer = connect(ChannelOptions.DEFAULTS);
        sender.send(new byte[11]);
        run.run(STALL.plusSeconds(1));
        assertThat(sender.closeReason()).isEqualTo(CloseReason.WRITE_TIMEOUT);
        sees(peer, true);
    }

    /** The last attempt of {@code close()} got everything out. */
    @Test
    void writeStallWithRoomAtLast() {
        SimulatedPeer[] peers = new SimulatedPeer[1];
        Sender lucky = new Sender() {
            @Override
            protected void handleClose() throws Exception {
                peers[0].take(10);
                super.handleClose();
            }
        };
        run.serve(() -> lucky);
        peers[0] = run.connect();
        peers[0].stall();
        lucky.send(new byte[11]);
        run.run(STALL.plusSeconds(1));
        assertThat(lucky.closeReason()).isEqualTo(CloseReason.WRITE_TIMEOUT);
        assertThat(run.ledger.dropped(lucky)).isZero();
        sees(peers[0], false);
    }

    /** It waits for what it is told, and is told nothing while it takes it: a slow download is cut like any other. */
    @Test
    void idleWhileOutputWaits() {
        SimulatedPeer peer = connect(ChannelOptions.DEFAULTS.withIdleTimeout(IDLE));
        sender.send(new byte[11]);
        run.run(IDLE.plusSeconds(1));
        assertThat(sender.closeReason()).isEqualTo(CloseReason.IDLE_TIMEOUT);
        sees(peer, true);
    }

    @Test
    void idleWithoutOutput() {
        SimulatedPeer peer = connect(ChannelOptions.DEFAULTS.withIdleTimeout(IDLE));
        sender.send(new byte[10]);
        run.run(IDLE.plusSeconds(1));
        assertThat(sender.closeReason()).isEqualTo(CloseReason.IDLE_TIMEOUT);
        sees(peer, false);
    }

    @Test
    void memoryBudget() {
        run.loop.setMemoryBudget(MemoryBudget.of(100));
        SimulatedPeer peer = connect(ChannelOptions.DEFAULTS);
        sender.send(new byte[200]);
        run.turn();
        assertThat(sender.closeReason()).isEqualTo(CloseReason.OVERFLOW);
        sees(peer, true);
    }

    @Test
    void memoryBudgetOfInput() {
        Simulation wide = Simulation.calm();
        wide.loop.setMemoryBudget(MemoryBudget.of(100));
        Chat chat = new Chat();
        chat.setTerminator(";");
        wide.serve(() -> chat);
        SimulatedPeer peer = wide.connect();
        peer.send("x".repeat(200));
        wide.runUntil(peer::hasEnded);
        assertThat(chat.closeReason()).isEqualTo(CloseReason.OVERFLOW);
        assertThat(peer.isReset()).isFalse();
        wide.end();
    }

    /** A last word that has gone out is complete, whatever the limit was that ended the channel. */
    @Test
    void aFrameTooLong() {
        Chat chat = new Chat();
        chat.setTerminator(";");
        chat.setMaxFrameLength(5);
        run.serve(() -> chat);
        SimulatedPeer peer = run.connect();
        chat.push("0123456789");
        peer.send("too long;");
        run.runUntil(chat::isClosed);
        assertThat(chat.closeReason()).isEqualTo(CloseReason.OVERFLOW);
        sees(peer, false);
        assertThat(peer.receivedText()).isEqualTo("0123456789");
    }

    private void failWith(int bytes) {
        run.inCallback(sender, () -> {
            sender.send(new byte[bytes]);
            throw new IllegalStateException("on purpose");
        });
        assertThat(sender.closeReason()).isEqualTo(CloseReason.ERROR);
    }

    @Test
    void errorWhileOutputWaits() {
        SimulatedPeer peer = connect(ChannelOptions.DEFAULTS);
        failWith(11);
        sees(peer, true);
    }

    @Test
    void errorWithoutOutput() {
        SimulatedPeer peer = connect(ChannelOptions.DEFAULTS);
        failWith(10);
        sees(peer, false);
    }

    /** The peer has got all that there was, which is not all. */
    @Test
    void aSourceThatFails() {
        Iterator<byte[]> pieces = List.of(new byte[5]).iterator();
        Sender failing = new Sender() {
            @Override
            protected void handleConnect() throws Exception {
                super.handleConnect();
                sendFrom(pieces::next);
            }
        };
        run.serve(() -> failing);
        SimulatedPeer peer = run.connect();
        run.runUntil(failing::isClosed);
        assertThat(failing.closeReason()).isEqualTo(CloseReason.ERROR);
        assertThat(run.ledger.dropped(failing)).isZero();
        sees(peer, true);
    }

    @Test
    void shutdownWhileOutputWaits() {
        SimulatedPeer peer = connect(ChannelOptions.DEFAULTS);
        sender.send(new byte[11]);
        run.turn();
        run.loop.shutDown();
        assertThat(sender.closeReason()).isEqualTo(CloseReason.SHUTDOWN);
        sees(peer, true);
    }

    @Test
    void shutdownWithoutOutput() {
        SimulatedPeer peer = connect(ChannelOptions.DEFAULTS);
        sender.send(new byte[10]);
        run.loop.shutDown();
        assertThat(sender.closeReason()).isEqualTo(CloseReason.SHUTDOWN);
        sees(peer, false);
    }

    /** {@code close()} is this side's own will, as in Python. */
    @Test
    void ownClose() {
        SimulatedPeer peer = connect(SMALL);
        sender.send(new byte[100]);
        run.turn();
        sender.close();
        assertThat(run.ledger.dropped(sender)).isEqualTo(90);
        sees(peer, false);
    }

    // ---- what the log says of it ----

    private static final class Heard extends DispatcherWithSend {
        @Override
        protected void handleRead() throws Exception {
            recv();
        }
    }

    private final Logger logger = (Logger) LoggerFactory.getLogger(Heard.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    private Heard heard(ChannelOptions options) {
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
        Heard heard = new Heard();
        run.serve(options, () -> heard);
        run.connect().stall();
        return heard;
    }

    @AfterEach
    void noMore() {
        logger.detachAppender(log);
        logger.setAdditive(true);
    }

    private void logged(String... parts) {
        assertThat(log.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.WARN);
            assertThat(event.getFormattedMessage()).contains(parts);
        });
        run.end();
    }

    /** It does not say that the peer does not read: nobody may have had the time to write. */
    @Test
    void overflowIsLogged() {
        Heard heard = heard(SMALL);
        heard.send(new byte[1_000]);
        run.turn();
        heard.send(new byte[1]);
        run.turn();
        logged(
                "Heard",
                "closed, as 991 bytes of output wait, more than the limit of 200",
                "sendFrom(), of a chat pushWithProducer()",
                "ChannelOptions.withWaterMarks",
                "writeBuffer.limit");
    }

    @Test
    void aWriteStallIsLogged() {
        Heard heard = heard(ChannelOptions.DEFAULTS);
        heard.send(new byte[11]);
        run.run(STALL.plusSeconds(1));
        logged(
                "Heard",
                "closed, as its peer has taken nothing for PT30S of the output that waits (1 bytes)",
                "ChannelOptions.withWriteStallTimeout",
                "timeouts.writeStall");
    }

    /** Who stays says what he likes. */
    @Test
    void aWriteStallThatEndsNothingIsNot() {
        Timeout[] told = new Timeout[1];
        Sender patient = new Sender() {
            @Override
            protected void handleTimeout(Timeout timeout) {
                told[0] = timeout;
            }

            @Override
            public void logInfo(String message, String type) {
                throw new AssertionError(message);
            }
        };
        run.serve(() -> patient);
        run.connect().stall();
        patient.send(new byte[11]);
        run.run(STALL.plusSeconds(1));
        assertThat(told).containsExactly(Timeout.WRITE_STALL);
        assertThat(patient.isClosed()).isFalse();
        run.end();
    }
}
