package io.asyncore.golden;

import static java.net.StandardProtocolFamily.INET;
import static java.net.StandardProtocolFamily.UNIX;

import io.asyncore.Dispatcher;

/** Clients: connect, refusal, and what a channel is told on the way. */
final class Connecting {

    private Connecting() {}

    static void connect(Stage stage) throws Exception {
        Plain a = stage.client("a");
        a.wantsWrite = true;
        a.connect(stage.door(INET).address());
        stage.say("connect_returned");
        stage.until("a.handle_write");
    }

    static void connectShowsItsState(Stage stage) throws Exception {
        Plain a = stage.client("a")
                .on("handle_connect", c -> c.say("connected(" + (c.isConnected() ? "yes" : "no") + ")"));
        a.connect(stage.door(INET).address());
        stage.until("a.handle_connect");
    }

    static void connectWithWritableFalse(Stage stage) throws Exception {
        Door door = stage.door(INET);
        Plain a = stage.client("a");
        a.connect(door.address());
        stage.until("a.handle_connect");
        Peer peer = stage.prop(door.accept());
        stage.say("peer.sends");
        peer.send("hello");
        stage.until("a.recv(hello)");
    }

    static void connectAndDataAtOnce(Stage stage) throws Exception {
        Door door = stage.door(INET);
        Plain a = stage.client("a");
        a.connect(door.address());
        stage.prop(door.accept()).send("hello");
        stage.until("a.recv(hello)");
    }

    static void connectAndEndAtOnce(Stage stage) throws Exception {
        Door door = stage.door(INET);
        Plain a = stage.client("a");
        a.connect(door.address());
        door.accept().close();
        stage.until("a.handle_close");
    }

    static void connectOverUnixSocket(Stage stage) throws Exception {
        Plain a = stage.client("a", UNIX);
        a.connect(stage.door(UNIX).address());
        stage.say("connect_returned");
        stage.until("a.handle_connect");
    }

    static void connectRefused(Stage stage) throws Exception {
        Plain a = stage.client("a");
        a.connect(stage.closedPort());
        stage.until("a.handle_close");
    }

    static void connectRefusedAndHandleErrorKeeps(Stage stage) throws Exception {
        Plain a = stage.client("a").on("handle_error", Hook.nothing());
        a.connect(stage.closedPort());
        stage.until("a.handle_error(refused)");
    }

    static void closeInHandleConnect(Stage stage) throws Exception {
        Plain a = stage.client("a").on("handle_connect", Dispatcher::close);
        a.wantsWrite = true;
        a.connect(stage.door(INET).address());
        stage.until("a.handle_connect");
    }

    static void closeWhileConnecting(Stage stage) throws Exception {
        Plain a = stage.client("a");
        a.connect(stage.door(INET).address());
        a.close();
    }

    static void sendInHandleConnect(Stage stage) throws Exception {
        Door door = stage.door(INET);
        Plain a = stage.client("a").on("handle_connect", c -> c.say("sent(" + c.send(Text.bytes("hello")) + ")"));
        a.connect(door.address());
        stage.heard(stage.prop(door.accept()), 5);
    }

    static void pushBeforeConnect(Stage stage) throws Exception {
        Door door = stage.door(INET);
        Chat a = stage.chatClient("a");
        a.push("hello");
        a.connect(door.address());
        stage.heard(stage.prop(door.accept()), 5);
    }

    static void pushAndCloseWhenDoneBeforeConnect(Stage stage) throws Exception {
        Door door = stage.door(INET);
        Chat a = stage.chatClient("a");
        a.connect(door.address());
        a.push("hello");
        a.closeWhenDone();
        a.script().setPeer(stage.prop(door.accept()));
        stage.farewell(a, null);
    }

    static void pushAndRefused(Stage stage) throws Exception {
        Chat a = stage.chatClient("a");
        a.connect(stage.closedPort());
        a.push("hello");
        stage.until("a.handle_close");
    }
}
