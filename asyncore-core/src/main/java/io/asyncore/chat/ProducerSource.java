package io.asyncore.chat;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A producer as the output queue knows it, on the loop's thread: it also lets go of what the producer holds, at its end or
 * when the queue forgets it.
 */
@SuppressWarnings("try") // its close() may throw whatever the producer's does
record ProducerSource(Producer producer) implements Callable<byte @Nullable []>, AutoCloseable {

    @Override
    public byte @Nullable [] call() throws Exception {
        byte[] piece = null;
        try {
            piece = producer.more();
            return piece;
        } finally {
            if (piece == null || piece.length == 0) {
                close();
            }
        }
    }

    @Override
    public void close() throws Exception {
        if (producer instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }
}
