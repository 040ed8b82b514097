package io.asyncore.benchmarks.servers;

/**
 * A server that listens.
 *
 * @param port where
 * @param end ends it
 */
public record RunningServer(int port, AutoCloseable end) implements AutoCloseable {

    @Override
    public void close() {
        try {
            end.close();
        } catch (Exception e) {
            throw new IllegalStateException("the server on port " + port + " does not end", e);
        }
    }
}
