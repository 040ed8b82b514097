package io.asyncore.golden;

import static java.net.StandardProtocolFamily.INET;

import io.asyncore.chat.Producer;

/** What callbacks throw: with the default handle_error, and with one that records and keeps the channel. */
final class Failing {

    private Failing() {}

    static void errorInHandleConnect(Stage stage) throws Exception {
        Plain a = stage.client("a").on("handle_connect", Hook.spam());
        a.connect(stage.door(INET).address());
        stage.until("a.handle_close");
    }

    static void errorInHandleConnectKept(Stage stage) throws Exception {
        Plain a = stage.client("a").once("handle_connect", Hook.spam()).on("handle_error", Hook.nothing());
        a.connect(stage.door(INET).address());
        stage.until("a.handle_error(spam)");
    }

    static void errorInHandleRead(Stage stage) throws Exception {
        Plain a = stage.plain("a").on("handle_read", Hook.spam());
        a.peer().send("abc");
        stage.until("a.handle_close");
    }

    static void errorInHandleReadKept(Stage stage) throws Exception {
        Plain a =
                stage.plain("a").once("handle_read", Hook.readsAnd(Hook.spam())).on("handle_error", Hook.nothing());
        a.peer().send("abc");
        stage.until("a.handle_error(spam)");
        a.peer().send("def");
        stage.until("a.recv(def)");
    }

    static void errorInHandleWrite(Stage stage) throws Exception {
        stage.plain("a").on("handle_write", Hook.spam()).wantsWrite = true;
        stage.until("a.handle_close");
    }

    static void errorInHandleWriteKept(Stage stage) throws Exception {
        stage.plain("a").once("handle_write", Hook.spam()).on("handle_error", Hook.nothing()).wantsWrite = true;
        stage.until("a.handle_write", 2);
    }

    static void errorInHandleClose(Stage stage) throws Exception {
        stage.plain("a").once("handle_close", Hook.spam()).peer().close();
        stage.until("a.handle_error(spam)");
    }

    static void errorInHandleCloseKept(Stage stage) throws Exception {
        Plain a = stage.plain("a").once("handle_close", Hook.spam()).on("handle_error", Hook.nothing());
        a.peer().close();
        stage.until("a.handle_error(spam)");
    }

    static void errorInHandleError(Stage stage) throws Exception {
        Plain a = stage.plain("a").once("handle_read", Hook.readsAnd(Hook.spam()));
        a.on("handle_error", c -> {
            throw new Spam("eggs");
        });
        a.peer().send("abc");
        stage.until("loop.raised(eggs)");
    }

    static void errorInCollectIncomingData(Stage stage) throws Exception {
        Chat a = stage.chat("a").on("collect_incoming_data", Hook.spam());
        a.peer().send("one\ntwo\n");
        stage.until("a.handle_close");
    }

    static void errorInCollectIncomingDataKept(Stage stage) throws Exception {
        Chat a = stage.chat("a").once("collect_incoming_data", Hook.spam()).on("handle_error", Hook.nothing());
        a.peer().send("one\ntwo\n");
        stage.until("a.handle_error(spam)");
        a.peer().send("three\n");
        stage.until("a.collect_incoming_data(three)");
    }

    static void errorInFoundTerminator(Stage stage) throws Exception {
        Chat a = stage.chat("a").on("found_terminator", Hook.spam());
        a.peer().send("one\ntwo\n");
        stage.until("a.handle_close");
    }

    static void errorInFoundTerminatorKept(Stage stage) throws Exception {
        Chat a = stage.chat("a").once("found_terminator", Hook.spam()).on("handle_error", Hook.nothing());
        a.peer().send("one\ntwo\n");
        stage.until("a.handle_error(spam)");
        a.peer().send("three\n");
        stage.until("a.collect_incoming_data(three)");
    }

    static void errorInProducer(Stage stage) throws Exception {
        Producer broken = () -> {
            stage.say("producer.more");
            throw new Spam("spam");
        };
        Chat a = stage.chat("a").on("found_terminator", c -> c.pushWithProducer(broken));
        a.peer().send("go\n");
        stage.until("a.handle_close");
    }

    static void errorInOneChannelSparesTheOther(Stage stage) throws Exception {
        Plain a = stage.plain("a").on("handle_read", Hook.spam());
        Plain b = stage.plain("b");
        a.peer().send("abc");
        stage.until("a.handle_close");
        b.peer().send("def");
        stage.until("b.recv(def)");
    }

    static void recvWhenNothingIsThere(Stage stage) throws Exception {
        Plain a = stage.plain("a").on("handle_read", Hook.readsAnd(c -> {
            c.take();
            c.say("recv_returned");
        }));
        a.peer().send("abc");
        stage.until("a.recv(abc)");
    }
}
