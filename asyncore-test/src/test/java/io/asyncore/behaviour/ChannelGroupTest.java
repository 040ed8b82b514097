package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelGroup;
import io.asyncore.chat.LineChat;
import io.asyncore.test.NetworkConditions;
import io.asyncore.test.Seeds;
import io.asyncore.test.SimulatedPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A chat room that is a group: what one says reaches the others whole and in order, whoever comes and goes. */
class ChannelGroupTest {

    private static final int LINES = 12;

    private static final class Member extends LineChat {
        private final ChannelGroup room;

        Member(ChannelGroup room) {
            this.room = room;
            setIgnoreLogTypes(Set.of("warning"));
        }

        @Override
        protected void handleConnect() {
            room.add(this);
        }

        /** To the others by the group, and to itself directly: both keep their order. */
        @Override
        protected void handleLine(String line) {
            pushLine("you: " + line);
            room.sendExcept(this, line + "\r\n");
            room.send("all: " + line + "\r\n");
        }
    }

    @Test
    void everyLineReachesEverybodyInOrder() {
        Seeds.play(1_000, seed -> {
            Simulation run = new Simulation(seed, NetworkConditions.random(seed).withMaxLatency(Duration.ofMillis(3)));
            ChannelGroup room = new ChannelGroup();
            run.serve(() -> new Member(room));
            List<SimulatedPeer> peers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                peers.add(run.connect());
            }
            SimulatedPeer quitter = run.connect();
            run.network.after(run.randomTime(Duration.ofMillis(50)), quitter::reset);
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
            for (int listener = 0; listener < peers.size(); listener++) {
                for (int speaker = 0; speaker < peers.size(); speaker++) {
                    String from = speaker + " says ";
                    assertThat(peers.get(listener).receivedText().lines().filter(line -> line.contains(from)))
                            .containsExactlyElementsOf(heard(from, speaker == listener));
                }
            }
            assertThat(room.size()).isEqualTo(peers.size());
            run.end();
            assertThat(room.size()).isZero();
        });
    }

    private static List<String> heard(String from, boolean bySpeaker) {
        List<String> lines = new ArrayList<>();
        for (int line = 0; line < LINES; line++) {
            lines.add((bySpeaker ? "you: " : "") + from + line);
            lines.add("all: " + from + line);
        }
        return lines;
    }
}
