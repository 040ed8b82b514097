package io.asyncore.spring.context;

/** What happens to open connections when the application stops. */
public enum Shutdown {

    /** They may finish, within the time that the phase has ({@code spring.lifecycle.timeout-per-shutdown-phase}). */
    GRACEFUL,

    /** They are cut. */
    IMMEDIATE
}
