package io.asyncore.cpython;

import io.asyncore.Asyncore;
import io.asyncore.ChannelMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.provider.Arguments;

/** One cell of the API tests' matrix: a family of sockets and a dispatch order, with a map of channels of its own. */
abstract class ApiMatrix {

    @Parameter(0)
    Family family;

    @Parameter(1)
    boolean usePoll;

    @TempDir
    Path directory;

    final ChannelMap map = new ChannelMap();

    /** A family in both dispatch orders: all reads before all writes, and channel by channel. */
    static Stream<Arguments> bothOrders(Family family) {
        return Stream.of(Arguments.of(family, false), Arguments.of(family, true));
    }

    @BeforeEach
    void assumeFamily() {
        family.assumeAvailable(directory);
    }

    @AfterEach
    void closeAll() {
        Asyncore.closeAll(map, true);
    }

    StrictServer server(StrictServer.Handlers handlers) throws IOException {
        return new StrictServer(family.protocol, family.freeAddress(directory), map, handlers);
    }

    void untilFlag(Strict channel) {
        Turns.until("the flag of " + channel, map, usePoll, () -> channel.flag);
    }
}
