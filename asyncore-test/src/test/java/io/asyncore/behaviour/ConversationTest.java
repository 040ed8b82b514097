package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelOptions;
import io.asyncore.CloseReason;
import io.asyncore.Dispatcher;
import io.asyncore.LoopListener;
import io.asyncore.behaviour.Life.Call;
import io.asyncore.test.Seeds;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Two dispatchers that do whatever comes to their minds, against a model in two sentences: each hears a beginning of what
 * the other said, and all of it that was not reported as dropped if it listened to the end.
 */
class ConversationTest {

    @Test
    void whateverBothDo() {
        Seeds.play(4_000, seed -> {
            Simulation run = Simulation.any(seed);
            int low = run.random.nextInt(50);
            ChannelOptions options =
                    ChannelOptions.DEFAULTS.withWaterMarks(low, low + 1 + run.random.nextInt(200), 600);
            Talker server = new Talker(run, run.map);
            run.serve(options, () -> server);
            Talker client = new Talker(run, run.map);
            client.setOptions(options);
            Listeners.connect(client, Simulation.PLACE);

            run.runUntil(() -> client.isClosed() && server.isClosed());
            assertThat(run.now()).as("nobody lingers").isLessThan(Duration.ofMinutes(3));
            check(run, client, server);
            check(run, server, client);
            run.end();
        });
    }

    private static void check(Simulation run, Talker speaker, Talker listener) {
        byte[] said = speaker.said();
        byte[] heard = listener.life.received();
        assertThat(heard).as("what %s heard is how it began", listener).isEqualTo(Arrays.copyOf(said, heard.length));
        long delivered = said.length - run.ledger.dropped(speaker);
        if (listener.endedByTheOther() || listener.life.has(Call.EOF)) {
            assertThat((long) heard.length)
                    .as(
                            "all that was not dropped by %s %s: %s %s",
                            speaker, speaker.closeReason(), listener.life.chapters(), listener.closeReason())
                    .isEqualTo(delivered);
        }
        checkLife(run, listener);
    }

    private static void checkLife(Simulation run, Talker talker) {
        CloseReason reason = talker.closeReason();
        assertThat(talker.life.errors()).isEmpty();
        assertThat(run.ledger.closed(talker)).isEqualTo(reason);
        assertThat(run.ledger.bytesIn(talker)).isGreaterThanOrEqualTo(talker.life.receivedCount());
        if (reason == CloseReason.PEER) {
            assertThat(talker.life.chapters()).endsWith(Call.EOF, Call.CLOSE);
        } else if (reason != CloseReason.LOCAL) {
            assertThat(talker.life.isOver()).as("%s", reason).isTrue();
        }
    }

    /** The same seed plays the same conversation: what fails once can be looked at as often as it takes. */
    @Test
    void theSameSeedPlaysTheSame() {
        Seeds.play(100, seed -> assertThat(transcript(seed)).isEqualTo(transcript(seed)));
    }

    private static String transcript(long seed) {
        Simulation run = Simulation.any(seed);
        StringBuilder transcript = new StringBuilder();
        run.loop.addListener(new LoopListener() {
            @Override
            public void onBytesIn(Dispatcher channel, int count) {
                transcript.append(run.now().toNanos()).append('<').append(count).append(' ');
            }

            @Override
            public void onClosed(Dispatcher channel, CloseReason reason) {
                transcript.append(run.now().toNanos()).append(reason).append(' ');
            }
        });
        Talker server = new Talker(run, run.map);
        run.serve(() -> server);
        Talker client = new Talker(run, run.map);
        Listeners.connect(client, Simulation.PLACE);
        run.runUntil(() -> client.isClosed() && server.isClosed());
        return transcript.toString();
    }
}
