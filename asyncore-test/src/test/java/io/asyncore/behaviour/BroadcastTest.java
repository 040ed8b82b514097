package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelOptions;
import io.asyncore.CloseReason;
import io.asyncore.chat.LineChat;
import io.asyncore.test.NetworkConditions;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Channels that write to each other, as in a chat room: what one says reaches the others whole and in order. */
class BroadcastTest {

    private static final int LINES = 12;

    private static final class Room {
        private final List<Member> members = new ArrayList<>();
    }

    private static final class Member extends LineChat {
        private final Room room;

        Member(Room room) {
            this.room = room;
            setIgnoreLogTypes(Set.of("warning"));
        }

        @Override
        protected void handleConnect() {
            room.members.add(this);
        }

        @Override
        protected void handleLine(String line) {
            for (Member member : List.copyOf(room.members)) {
                if (member != this) {
                    member.pushLine(line);
                }
            }
        }

        @Override
        public void close() {
            room.members.remove(this);
            super.close();
        }
    }

    @Test
    void everyLineReachesTheOthersInOrder() {
        Seeds.play(1_000, seed -> {
            Simulation run = new Simulation(seed, NetworkConditions.random(seed).withMaxLatency(Duration.ofMillis(3)));
            Room room = new Room();
            run.serve(() -> new Member(room));
            List<SimulatedPeer> peers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                peers.add(run.connect());
            }
            for (int i = 0; i < peers.size(); i++) {
                SimulatedPeer peer = peers.get(i);
                for (int line = 0; line < LINES; line++) {
                    String text = i + " says " + line + "\n";
                    run.network.after(Duration.ofMillis(line * 3L), () -> peer.send(text));
                }
                Duration stall = run.randomTime(Duration.ofMillis(40));
                run.network.after(stall, peer::stall);
                run.network.after(stall.plus(run.randomTime(Duration.ofSeconds(20))), peer::resume);
            }
            run.run(Duration.ofMinutes(1));
            for (int i = 0; i < peers.size(); i++) {
                int listener = i;
                assertThat(peers.get(i).receivedText().split("\r\n"))
                        .hasSize((peers.size() - 1) * LINES)
                        .noneMatch(line -> line.startsWith(listener + " "));
                for (int speaker = 0; speaker < peers.size(); speaker++) {
                    assertThat(linesOf(speaker, peers.get(i))).isEqualTo(speaker == i ? 0 : LINES);
                }
            }
            run.end();
        });
    }

    /** How many lines of a speaker have arrived; they must have come in order. */
    private static int linesOf(int speaker, SimulatedPeer listener) {
        int next = 0;
        for (String line : listener.receivedText().split("\r\n")) {
            if (line.startsWith(speaker + " ")) {
                assertThat(line).isEqualTo(speaker + " says " + next++);
            }
        }
        return next;
    }

    /** One who does not listen is shown out in the middle of somebody else's callback, and the others notice nothing. */
    @Test
    void whoDoesNotListenIsShownOut() {
        Simulation run = new Simulation(1, NetworkConditions.CALM.withWindow(100));
        Room room = new Room();
        run.serve(ChannelOptions.DEFAULTS.withWaterMarks(100, 200, 1_000), () -> new Member(room));
        SimulatedPeer speaker = run.connect();
        SimulatedPeer deaf = run.connect();
        Member deafMember = room.members.get(1);
        SimulatedPeer listener = run.connect();
        deaf.stall();
        for (int i = 0; i < 50; i++) {
            speaker.send("x".repeat(50) + "\n");
            run.run(Duration.ofMillis(1));
        }
        assertThat(deafMember.closeReason()).isEqualTo(CloseReason.OVERFLOW);
        assertThat(room.members).hasSize(2);
        assertThat(listener.receivedCount()).isEqualTo(50 * 52);
        run.end();
    }
}
