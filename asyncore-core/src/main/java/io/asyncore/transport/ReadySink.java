package io.asyncore.transport;

/** Takes what a poller found. */
@FunctionalInterface
public interface ReadySink {

    /**
     * One ready channel. Only notes it: nothing of the poller or of a transport may be called from here.
     *
     * @param channel the object given to {@link Transport#register}
     * @param ops the bits that are ready, at least one
     */
    void ready(Object channel, int ops);
}
