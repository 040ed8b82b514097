package io.asyncore.golden;

/** A channel that says which callback ran with what, and then does what the scenario asked for. */
interface Recording<C> {

    Script<C> script();

    C self();

    /** From now on the hook stands for the body of the callback, given by its Python name. */
    default C on(String callback, Hook<C> hook) {
        script().always(callback, hook);
        return self();
    }

    /** The hook stands for the body of the next call only. */
    default C once(String callback, Hook<C> hook) {
        script().first(callback, hook);
        return self();
    }

    default void say(String event) {
        script().say(event);
    }

    /** The raw socket at the other end. */
    default Peer peer() {
        return script().peer();
    }

    default String name() {
        return script().name();
    }
}
