package io.asyncore.transport;

/** A transport under a poller's watch. Confined to the loop's thread. */
public interface Registration {

    /** A watch that nothing has to be told of. */
    Registration NONE = new Registration() {
        @Override
        public void interest(int ops) {}

        @Override
        public void cancel() {}
    };

    /** Waits from now on for these bits of {@link Transport#READ}, WRITE and EXPT. */
    void interest(int ops);

    /** Ends the watch; the transport stays open. */
    void cancel();
}
