package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The heap against a plain sorted list, with random additions, moves and removals. */
class TimerQueueTest {

    private final TimerQueue queue = new TimerQueue();
    private final List<String> fired = new ArrayList<>();

    private final class Entry extends TimerNode {
        private final String name;

        Entry(String name) {
            this.name = name;
        }

        @Override
        void fire() {
            fired.add(name);
        }
    }

    private void fireDue(long now) {
        long newFrom = queue.added();
        while (queue.fireNext(now, newFrom)) {
            // and the next one
        }
    }

    @Test
    void firesByTimeThenByAge() {
        queue.add(new Entry("late"), 20);
        queue.add(new Entry("early, first"), 10);
        queue.add(new Entry("early, second"), 10);
        fireDue(20);
        assertThat(fired).containsExactly("early, first", "early, second", "late");
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void whatIsAddedWhileFiringWaitsForTheNextTime() {
        queue.add(
                new TimerNode() {
                    @Override
                    void fire() {
                        fired.add("again");
                        queue.add(this, 0);
                    }
                },
                0);
        fireDue(100);
        assertThat(fired).containsExactly("again");
        fireDue(100);
        assertThat(fired).containsExactly("again", "again");
    }

    @Test
    void comparesTimesThatHaveWrappedAround() {
        long justBefore = Long.MAX_VALUE - 5;
        queue.add(new Entry("after the wrap"), justBefore + 10);
        queue.add(new Entry("before it"), justBefore + 1);
        assertThat(queue.untilNext(justBefore)).isEqualTo(1);
        fireDue(justBefore + 2);
        assertThat(fired).containsExactly("before it");
    }

    @Test
    void behavesLikeASortedList() {
        Random random = new Random(7);
        List<Entry> model = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            int choice = random.nextInt(10);
            if (choice < 6 || model.isEmpty()) {
                Entry entry = new Entry("e" + step);
                queue.add(entry, random.nextInt(1000));
                model.add(entry);
            } else if (choice < 8) {
                queue.add(model.get(random.nextInt(model.size())), random.nextInt(1000));
            } else {
                queue.remove(model.remove(random.nextInt(model.size())));
            }
            assertThat(queue.untilNext(0)).isEqualTo(earliest(model));
        }
        model.sort(Comparator.<Entry>comparingLong(entry -> entry.due).thenComparingLong(entry -> entry.dueOrder));
        fireDue(1000);
        assertThat(fired).isEqualTo(model.stream().map(entry -> entry.name).toList());
    }

    private static long earliest(List<Entry> model) {
        return model.stream().mapToLong(entry -> entry.due).min().orElse(Long.MAX_VALUE);
    }
}
