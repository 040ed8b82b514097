package io.asyncore.golden;

import static java.net.StandardProtocolFamily.UNIX;

/** A callback that runs a turn of its own. */
final class Nesting {

    private Nesting() {}

    private static Hook<Plain> turns(Stage stage) {
        return channel -> {
            stage.nested();
            channel.say("nested_returned");
        };
    }

    static void turnWithinHandleRead(Stage stage) throws Exception {
        Plain a = stage.plain("a", UNIX);
        a.once("handle_read", Hook.readsAnd(c -> {
            c.peer().send("again");
            turns(stage).run(c);
        }));
        a.peer().send("abc");
        stage.turn();
    }

    static void turnWithinHandleReadServesOthers(Stage stage) throws Exception {
        Plain a = stage.plain("a", UNIX).once("handle_read", Hook.readsAnd(turns(stage)));
        Plain b = stage.plain("b", UNIX);
        a.peer().send("abc");
        b.peer().send("def");
        stage.turn();
    }

    static void turnWithinHandleReadClosesTheCaller(Stage stage) throws Exception {
        Plain a = stage.plain("a", UNIX);
        Plain b = stage.plain("b", UNIX).on("handle_read", Hook.readsAnd(c -> a.close()));
        a.on("handle_read", Hook.readsAnd(c -> {
            b.peer().send("def");
            turns(stage).run(c);
        }));
        a.peer().send("abc");
        stage.turn();
    }

    static void turnWithinFoundTerminator(Stage stage) throws Exception {
        Chat a = stage.chat("a", UNIX).once("found_terminator", c -> {
            c.peer().send("three\n");
            stage.nested();
            c.say("nested_returned");
        });
        a.peer().send("one\ntwo\n");
        stage.turn();
    }

    static void exitFromTurnWithinHandleRead(Stage stage) throws Exception {
        callsInNestedTurn(stage, Hook.exitNow());
    }

    static void errorInTurnWithinHandleRead(Stage stage) throws Exception {
        callsInNestedTurn(stage, Hook.spam());
    }

    private static void callsInNestedTurn(Stage stage, Hook<Plain> hook) throws Exception {
        Plain a = stage.plain("a", UNIX);
        Plain b = stage.plain("b", UNIX).once("handle_read", Hook.readsAnd(hook));
        a.on("handle_read", Hook.readsAnd(c -> {
            b.peer().send("def");
            turns(stage).run(c);
        }));
        a.peer().send("abc");
        stage.turn();
    }
}
