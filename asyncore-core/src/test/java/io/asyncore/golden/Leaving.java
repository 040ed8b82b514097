package io.asyncore.golden;

import static java.net.StandardProtocolFamily.INET;
import static java.net.StandardProtocolFamily.UNIX;

/** ExitNow from each callback leaves the loop, closes nothing and loses nothing. */
final class Leaving {

    private Leaving() {}

    static void exitFromHandleConnect(Stage stage) throws Exception {
        Plain a = stage.client("a").once("handle_connect", Hook.exitNow());
        a.connect(stage.door(INET).address());
        stage.until("loop.ExitNow");
    }

    static void exitFromHandleRead(Stage stage) throws Exception {
        Plain a = stage.plain("a").once("handle_read", Hook.exitNow());
        a.peer().send("abc");
        stage.until("a.recv(abc)");
    }

    static void exitFromHandleWrite(Stage stage) throws Exception {
        stage.plain("a").once("handle_write", Hook.exitNow()).wantsWrite = true;
        stage.until("a.handle_write", 2);
    }

    static void exitFromHandleClose(Stage stage) throws Exception {
        stage.plain("a").once("handle_close", Hook.exitNow()).peer().close();
        stage.until("loop.ExitNow");
    }

    static void exitFromHandleError(Stage stage) throws Exception {
        Plain a =
                stage.plain("a").once("handle_read", Hook.readsAnd(Hook.spam())).on("handle_error", Hook.exitNow());
        a.peer().send("abc");
        stage.until("loop.ExitNow");
    }

    static void exitFromCollectIncomingData(Stage stage) throws Exception {
        Chat a = stage.chat("a").once("collect_incoming_data", Hook.exitNow());
        a.peer().send("one\n");
        stage.until("loop.ExitNow");
        a.peer().send("two\n");
        stage.until("a.collect_incoming_data(two)");
    }

    static void exitFromFoundTerminator(Stage stage) throws Exception {
        Chat a = stage.chat("a").once("found_terminator", Hook.exitNow());
        a.peer().send("one\ntwo\n");
        stage.until("loop.ExitNow");
        a.peer().send("three\n");
        stage.until("a.collect_incoming_data(three)");
    }

    static void exitWithAnotherChannelReady(Stage stage) throws Exception {
        Plain a = stage.plain("a", UNIX).once("handle_read", Hook.readsAnd(Hook.exitNow()));
        Plain b = stage.plain("b", UNIX);
        a.peer().send("abc");
        b.peer().send("def");
        stage.turn();
        stage.turn();
    }
}
