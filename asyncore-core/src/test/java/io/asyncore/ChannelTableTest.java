package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ChannelTableTest {

    private final ChannelMap map = new ChannelMap();
    private final ChannelTable table = new ChannelTable();

    /** Comes and goes at random, many times through every size, against a map of the JDK's. */
    @Test
    void knowsWhoIsInIt() {
        TreeMap<Long, Dispatcher> model = new TreeMap<>();
        List<Dispatcher> in = new ArrayList<>();
        Random random = new Random(7);
        for (int step = 0; step < 40_000; step++) {
            boolean fills = step / 4000 % 2 == 0;
            if (in.isEmpty() || random.nextInt(10) < (fills ? 7 : 3)) {
                Dispatcher channel = new Dispatcher(map);
                in.add(channel);
                model.put(channel.id(), channel);
                table.add(channel);
            } else {
                Dispatcher gone = in.remove(random.nextInt(in.size()));
                model.remove(gone.id());
                table.remove(gone);
                assertThat(table.get(gone.id())).isNull();
            }
            assertThat(table.size()).isEqualTo(model.size());
        }
        assertThat(model.values())
                .allSatisfy(channel -> assertThat(table.get(channel.id())).isSameAs(channel));
        assertThat(table.sorted()).containsExactlyElementsOf(model.values());
    }

    @Test
    void whoIsNotInItIsNotRemoved() {
        Dispatcher in = new Dispatcher(map);
        table.add(in);
        table.remove(new Dispatcher(map));
        assertThat(table.sorted()).containsExactly(in);
    }
}
