package io.asyncore.transport.tls;

import io.asyncore.transport.Registration;

/**
 * The registration of a TLS transport: knows what the dispatcher wants and tells the one below what the session needs.
 * Confined to the loop's thread.
 */
final class Watch implements Registration {

    private final TlsTransport transport;
    private final Registration inner;
    private int wanted;
    private int told;
    private boolean cancelled;

    Watch(TlsTransport transport, Registration inner) {
        this.transport = transport;
        this.inner = inner;
    }

    boolean isWanted(int op) {
        return (wanted & op) != 0;
    }

    @Override
    public void interest(int ops) {
        wanted = ops;
        update();
    }

    /** The needs of the session may have changed. */
    void update() {
        int needed = transport.neededOps(wanted);
        if (needed != told && !cancelled) {
            told = needed;
            inner.interest(needed);
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        inner.cancel();
    }
}
