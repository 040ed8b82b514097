package io.asyncore.golden;

import io.asyncore.Asyncore;
import io.asyncore.ChannelMap;
import java.io.IOException;
import java.time.Duration;

/** The two ways to serve a turn, by their Python names. */
enum Order {
    POLL {
        @Override
        void turn(Duration timeout, ChannelMap map) throws IOException {
            Asyncore.poll(timeout, map);
        }
    },
    POLL2 {
        @Override
        void turn(Duration timeout, ChannelMap map) throws IOException {
            Asyncore.poll2(timeout, map);
        }
    };

    abstract void turn(Duration timeout, ChannelMap map) throws IOException;

    String pythonName() {
        return this == POLL ? "poll" : "poll2";
    }
}
