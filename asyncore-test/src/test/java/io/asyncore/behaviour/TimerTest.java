package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncore.LoopTimer;
import io.asyncore.test.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Timers against a model that looks through a list for what is due first. */
class TimerTest {

    private static final int MILLIS = 1_000_000;

    /** What a timer should be doing. */
    private static final class Model {
        private final int number;
        private final long delay;
        private final boolean repeats;
        private long due;
        private long order;
        private boolean active;
        private boolean cancelled;
        private LoopTimer timer;

        Model(int number, long delay, boolean repeats) {
            this.number = number;
            this.delay = delay;
            this.repeats = repeats;
        }
    }

    /** Random calls and what came of them; a call made while nothing is polled is as good as one within a timer. */
    private static final class Program {
        private final Simulation run;
        private final List<Model> models = new ArrayList<>();
        private final List<String> happened = new ArrayList<>();
        private final List<String> expected = new ArrayList<>();
        private long orders;

        Program(Simulation run) {
            this.run = run;
        }

        private long now() {
            return run.now().toNanos();
        }

        void make() {
            boolean repeats = run.random.nextInt(3) == 0;
            long delay = (long) (run.random.nextInt(20) + (repeats ? 1 : 0)) * MILLIS;
            Model model = new Model(models.size(), delay, repeats);
            models.add(model);
            Runnable call = () -> happened.add(model.number + "@" + now() / MILLIS);
            model.timer = repeats
                    ? run.loop.callEvery(Duration.ofNanos(delay), call)
                    : run.loop.callLater(Duration.ofNanos(delay), call);
            arm(model);
        }

        private void arm(Model model) {
            model.active = true;
            model.due = now() + model.delay;
            model.order = orders++;
        }

        void cancel(Model model) {
            model.timer.cancel();
            model.active = false;
            model.cancelled = true;
        }

        void reset(Model model) {
            if (model.cancelled) {
                assertThatThrownBy(model.timer::reset).isInstanceOf(IllegalStateException.class);
            } else {
                model.timer.reset();
                arm(model);
            }
        }

        /** Time passes; the model says what happens meanwhile. */
        void pass(long nanos) {
            long end = now() + nanos;
            for (Optional<Model> next = next(end); next.isPresent(); next = next(end)) {
                Model model = next.get();
                expected.add(model.number + "@" + model.due / MILLIS);
                if (model.repeats) {
                    model.due += model.delay;
                    model.order = orders++;
                } else {
                    model.active = false;
                }
            }
            run.run(Duration.ofNanos(nanos));
        }

        private Optional<Model> next(long end) {
            return models.stream()
                    .filter(model -> model.active && model.due <= end)
                    .min(Comparator.<Model>comparingLong(model -> model.due).thenComparingLong(model -> model.order));
        }
    }

    @Test
    void inTheOrderInWhichTheyAreDue() {
        Seeds.play(3_000, seed -> {
            Simulation run = Simulation.any(seed);
            Program program = new Program(run);
            for (int i = 0; i < 40; i++) {
                Model any =
                        program.models.isEmpty() ? null : program.models.get(run.random.nextInt(program.models.size()));
                switch (any == null ? 0 : run.random.nextInt(6)) {
                    case 0, 1 -> program.make();
                    case 2 -> program.cancel(any);
                    case 3 -> program.reset(any);
                    default -> program.pass((long) run.random.nextInt(15) * MILLIS + 1);
                }
                for (Model model : program.models) {
                    assertThat(model.timer.isActive())
                            .as("timer %s", model.number)
                            .isEqualTo(model.active);
                }
            }
            program.pass(30 * MILLIS);
            assertThat(program.happened).isEqualTo(program.expected);
            run.end();
        });
    }

    /** Beats that were missed are not caught up on; the next one is on the beat or a full period away. */
    @Test
    void missedBeats() {
        Simulation run = Simulation.calm();
        List<Long> beats = new ArrayList<>();
        run.loop.callEvery(Duration.ofSeconds(1), () -> beats.add(run.now().toMillis()));
        run.run(Duration.ofSeconds(1));
        run.network.clock().advance(Duration.ofMillis(10_500));
        run.turn();
        run.turn();
        assertThat(beats).containsExactly(1_000L, 11_500L);
        run.run(Duration.ofSeconds(1));
        assertThat(beats).hasSize(3);
        run.end();
    }

    /** A beat that is a little late does not make the next one late. */
    @Test
    void lateBeats() {
        Simulation run = Simulation.calm();
        List<Long> beats = new ArrayList<>();
        run.loop.callEvery(Duration.ofSeconds(1), () -> beats.add(run.now().toMillis()));
        run.network.clock().advance(Duration.ofMillis(1_300));
        run.run(Duration.ofMillis(1_700));
        assertThat(beats).containsExactly(1_300L, 2_000L, 3_000L);
        run.end();
    }

    /** A timer set by a timer waits for the next turn, even with no delay: no turn lasts for ever. */
    @Test
    void noDelayIsTheNextTurn() {
        Simulation run = Simulation.calm();
        int[] calls = {0};
        Runnable[] again = new Runnable[1];
        again[0] = () -> {
            calls[0]++;
            run.loop.callLater(Duration.ZERO, again[0]);
        };
        again[0].run();
        run.turn();
        assertThat(calls[0]).isEqualTo(2);
        run.turn();
        assertThat(calls[0]).isEqualTo(3);
        run.end();
    }

    @Test
    void aChannelsTimersEndWithIt() {
        Seeds.play(500, seed -> {
            Simulation run = Simulation.any(seed);
            List<String> calls = new ArrayList<>();
            Sender sender = new Sender();
            run.serve(() -> sender);
            run.connect();
            Duration end = run.randomTime(Duration.ofSeconds(1));
            LoopTimer every = sender.callEvery(Duration.ofMillis(50), () -> calls.add("every"));
            LoopTimer later = sender.callLater(end.plusNanos(1), () -> calls.add("too late"));
            sender.callLater(end, sender::close);
            run.run(end);
            long beats = end.toMillis() / 50;
            assertThat((long) calls.size()).isBetween(beats - 1, beats);
            int before = calls.size();
            run.run(Duration.ofSeconds(5));
            assertThat(calls).hasSize(before).doesNotContain("too late");
            assertThat(every.isActive() || later.isActive()).isFalse();
            assertThatThrownBy(later::reset).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> sender.callLater(Duration.ZERO, () -> calls.add("never")))
                    .isInstanceOf(IllegalStateException.class);
            run.end();
        });
    }

    /** What a channel's timer throws is the channel's error; a loop's timer harms nobody. */
    @Test
    void failures() {
        Simulation run = Simulation.calm();
        Sender sender = new Sender();
        run.serve(() -> sender);
        run.connect();
        sender.callLater(Duration.ofSeconds(1), () -> {
            throw new IllegalStateException("broken timer");
        });
        run.run(Duration.ofSeconds(2));
        assertThat(sender.life.errors()).hasSize(1);
        assertThat(sender.life.isOver()).isTrue();
        run.end();
    }
}
