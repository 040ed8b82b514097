package io.asyncore.golden;

import static java.net.StandardProtocolFamily.UNIX;

/** The peer goes away: before data, after data, half, by reset, with output pending. */
final class Ending {

    private static final byte[] BIG = Text.much(4_000_000);

    private Ending() {}

    static void peerClosesWithoutData(Stage stage) throws Exception {
        stage.plain("a").peer().close();
        stage.until("a.handle_close");
    }

    static void peerClosesAfterData(Stage stage) throws Exception {
        Plain a = stage.plain("a");
        a.peer().send("abc");
        a.peer().close();
        stage.until("a.handle_close");
    }

    static void peerClosesWithMoreDataThanOneRead(Stage stage) throws Exception {
        Plain a = stage.plain("a").on("handle_read", c -> c.take(2));
        a.peer().send("abcde");
        a.peer().close();
        stage.until("a.handle_close");
    }

    static void peerHalfCloses(Stage stage) throws Exception {
        Plain a = stage.plain("a");
        a.peer().send("abc");
        stage.until("a.recv(abc)");
        a.peer().halfClose();
        stage.until("a.handle_close");
        stage.heard(a.peer());
    }

    static void answerAfterHalfClose(Stage stage) throws Exception {
        Plain a = stage.plain("a").on("handle_eof", c -> c.send(Text.bytes("answer")));
        a.peer().send("question");
        stage.until("a.recv(question)");
        a.peer().halfClose();
        stage.until("a.handle_eof");
        stage.heard(a.peer(), 6);
        a.close();
        stage.heard(a.peer());
    }

    static void peerResets(Stage stage) throws Exception {
        stage.plain("a").peer().reset();
        stage.until("a.handle_close");
    }

    static void peerResetsAfterData(Stage stage) throws Exception {
        Plain a = stage.plain("a");
        a.peer().send("abc");
        a.peer().reset();
        stage.until("a.handle_close");
    }

    static void unixPeerCloses(Stage stage) throws Exception {
        stage.plain("a", UNIX).peer().close();
        stage.turn();
    }

    static void unixPeerClosesAfterData(Stage stage) throws Exception {
        Plain a = stage.plain("a", UNIX).on("handle_read", c -> c.take(2));
        a.peer().send("abcde");
        a.peer().close();
        stage.until("a.handle_close");
    }

    static void peerClosesAndNothingIsRead(Stage stage) throws Exception {
        stage.bare("a").peer().close();
        stage.until("a.handle_close");
    }

    static void peerClosesWithOutputPending(Stage stage) throws Exception {
        Chat a = stage.chat("a");
        a.push(BIG);
        a.peer().close();
        stage.until("a.handle_close");
    }

    static void peerResetsWithOutputPending(Stage stage) throws Exception {
        Queueing a = stage.queueing("a");
        a.send(BIG);
        a.peer().reset();
        stage.until("a.handle_close");
    }

    static void sendToLostPeer(Stage stage) throws Exception {
        Plain a = stage.plain("a", UNIX);
        a.once("handle_read", Hook.readsAnd(c -> {
            c.peer().close();
            c.say("sent(" + c.send(Text.bytes("xyz")) + ")");
        }));
        a.peer().send("abc");
        stage.until("a.handle_close");
    }

    static void recvAtTheEndReturnsBeforeHandleClose(Stage stage) throws Exception {
        Plain a = stage.plain("a").on("handle_read", Hook.readsAnd(c -> c.say("recv_returned")));
        a.peer().close();
        stage.until("a.handle_close");
    }

    static void handleCloseThatDoesNotClose(Stage stage) throws Exception {
        Plain a = stage.plain("a", UNIX).on("handle_close", Hook.nothing());
        a.peer().close();
        stage.loop(3);
        a.close();
    }
}
