package io.asyncore.golden;

import static java.net.StandardProtocolFamily.UNIX;

import io.asyncore.Dispatcher;

/** close() within callbacks: nothing follows for the channel that asked for it, no handle_close either. */
final class Closing {

    private static final byte[] BIG = Text.much(4_000_000);

    private Closing() {}

    static void closeInHandleRead(Stage stage) throws Exception {
        Plain a = stage.plain("a").on("handle_read", Dispatcher::close);
        a.peer().send("abc");
        stage.until("a.handle_read");
    }

    static void closeAfterRecv(Stage stage) throws Exception {
        Plain a = stage.plain("a").on("handle_read", Hook.readsAnd(Dispatcher::close));
        a.peer().send("abc");
        stage.until("a.recv(abc)");
        stage.heard(a.peer());
    }

    static void closeInHandleReadOfWritableChannel(Stage stage) throws Exception {
        Plain a = stage.plain("a", UNIX).on("handle_read", Dispatcher::close);
        a.wantsWrite = true;
        a.peer().send("abc");
        stage.turn();
    }

    static void closeInHandleWrite(Stage stage) throws Exception {
        Plain a = stage.plain("a").on("handle_write", Dispatcher::close);
        a.wantsWrite = true;
        stage.until("a.handle_write");
        stage.heard(a.peer());
    }

    static void closeInHandleClose(Stage stage) throws Exception {
        Plain a = stage.plain("a").on("handle_close", Dispatcher::close);
        a.peer().close();
        stage.until("a.handle_close");
    }

    static void closeInHandleError(Stage stage) throws Exception {
        Plain a = stage.plain("a").on("handle_error", Dispatcher::close).on("handle_read", Hook.spam());
        a.peer().send("abc");
        stage.until("a.handle_error(spam)");
    }

    static void closeTwice(Stage stage) throws Exception {
        Plain a = stage.plain("a");
        a.close();
        a.close();
    }

    static void closeOutsideOfATurn(Stage stage) throws Exception {
        Plain a = stage.plain("a", UNIX);
        a.peer().send("abc");
        a.close();
    }

    static void closeInFoundTerminator(Stage stage) throws Exception {
        Chat a = stage.chat("a").on("found_terminator", Dispatcher::close);
        a.peer().send("one\ntwo\n");
        stage.until("a.found_terminator");
    }

    static void closeInCollectIncomingData(Stage stage) throws Exception {
        Chat a = stage.chat("a").on("collect_incoming_data", Dispatcher::close);
        a.peer().send("one\ntwo\n");
        stage.until("a.collect_incoming_data(one)");
    }

    static void sendAndClose(Stage stage) throws Exception {
        Queueing a = stage.queueing("a").on("handle_read", c -> {
            c.take();
            c.send(Text.bytes("bye"));
            c.close();
        });
        a.peer().send("abc");
        stage.heard(a.peer());
    }

    static void sendMuchAndClose(Stage stage) throws Exception {
        Queueing a = stage.queueing("a");
        a.send(BIG);
        a.closeWhenDone();
        stage.farewell(a, BIG);
    }

    static void closeOfAnotherReadyChannel(Stage stage) throws Exception {
        Plain a = stage.plain("a", UNIX);
        Plain b = stage.plain("b", UNIX);
        a.on("handle_read", Hook.readsAnd(c -> b.close()));
        a.peer().send("abc");
        b.peer().send("def");
        stage.turn();
    }

    static void closeOfEarlierReadyChannel(Stage stage) throws Exception {
        Plain a = stage.plain("a", UNIX);
        Plain b = stage.plain("b", UNIX);
        b.on("handle_read", Hook.readsAnd(c -> a.close()));
        a.peer().send("abc");
        b.peer().send("def");
        stage.turn();
    }

    static void closeOfChannelThatIsReadyToWrite(Stage stage) throws Exception {
        Plain a = stage.plain("a", UNIX);
        Plain b = stage.plain("b", UNIX);
        a.on("handle_read", Hook.readsAnd(c -> b.close()));
        b.wantsWrite = true;
        a.peer().send("abc");
        stage.turn();
    }
}
