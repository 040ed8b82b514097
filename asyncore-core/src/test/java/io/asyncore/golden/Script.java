package io.asyncore.golden;

import java.io.IOException;
import java.net.ConnectException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A recording channel's name, and what a scenario wants its callbacks to do instead of the default. */
final class Script<C> {

    private final Stage stage;
    private final String name;
    private final Map<String, Hook<C>> always = new HashMap<>();
    private final Map<String, Hook<C>> first = new HashMap<>();
    private @Nullable Peer peer;

    Script(Stage stage, String name) {
        this.stage = stage;
        this.name = name;
    }

    String name() {
        return name;
    }

    Peer peer() {
        if (peer == null) {
            throw new IllegalStateException(name + " was not made with a peer");
        }
        return peer;
    }

    void setPeer(Peer peer) {
        this.peer = peer;
    }

    void always(String callback, Hook<C> hook) {
        always.put(callback, hook);
    }

    void first(String callback, Hook<C> hook) {
        first.put(callback, hook);
    }

    boolean has(String callback) {
        return always.containsKey(callback);
    }

    void say(String event) {
        stage.say(name + "." + event);
    }

    /** Records a callback and runs its hook, or else its default. */
    void play(C channel, String callback, Hook<? super C> byDefault) throws Exception {
        play(channel, callback, "", byDefault);
    }

    void play(C channel, String callback, String arguments, Hook<? super C> byDefault) throws Exception {
        say(callback + arguments);
        Hook<C> once = first.remove(callback);
        Hook<? super C> hook = once != null ? once : always.getOrDefault(callback, byDefault::run);
        hook.run(channel);
    }

    void playError(C channel, Throwable error, Hook<? super C> byDefault) throws Exception {
        play(channel, "handle_error", "(" + reason(error) + ")", byDefault);
    }

    private static String reason(Throwable error) {
        if (error instanceof ConnectException) {
            return "refused";
        }
        return error instanceof IOException ? "io_error" : String.valueOf(error.getMessage());
    }
}
