package io.asyncore.golden;

import io.asyncore.Dispatcher;
import java.util.Objects;

/** Listeners: accepting, closing and failing while they accept. */
final class Accepting {

    private Accepting() {}

    /** For {@code handle_accepted}: the accepted channels are all named s. */
    private static Hook<Plain> keeps(Stage stage) {
        return listener -> new Plain(stage, "s", listener.accepted());
    }

    private static Plain keeper(Stage stage) throws Exception {
        return stage.listener("door").on("handle_accepted", keeps(stage));
    }

    static void accept(Stage stage) throws Exception {
        Plain door = keeper(stage);
        stage.visitor(door).send("hello");
        stage.until("s.recv(hello)");
    }

    static void acceptTwo(Stage stage) throws Exception {
        Plain door = keeper(stage);
        stage.visitor(door);
        stage.until("door.handle_accepted");
        stage.visitor(door);
        stage.until("door.handle_accepted", 2);
    }

    static void acceptWithoutHandleAccepted(Stage stage) throws Exception {
        Plain door = stage.listener("door");
        Peer visitor = stage.visitor(door);
        stage.until("door.handle_accepted");
        stage.heard(visitor);
    }

    static void acceptClosesListener(Stage stage) throws Exception {
        Plain door = stage.listener("door").on("handle_accepted", listener -> {
            keeps(stage).run(listener);
            listener.close();
        });
        stage.visitor(door).send("hello");
        stage.until("s.recv(hello)");
    }

    static void closeInHandleAccept(Stage stage) throws Exception {
        Plain door = stage.listener("door").on("handle_accept", Dispatcher::close);
        Peer visitor = stage.visitor(door);
        stage.until("door.handle_accept");
        stage.heard(visitor);
    }

    static void listenerNotReadable(Stage stage) throws Exception {
        Plain door = keeper(stage);
        door.wantsRead = false;
        stage.visitor(door);
        stage.settle();
        stage.say("readable_again");
        door.wantsRead = true;
        stage.until("door.handle_accepted");
    }

    static void errorInHandleAccept(Stage stage) throws Exception {
        Plain door = keeper(stage).once("handle_accept", Hook.spam());
        stage.visitor(door);
        stage.until("door.handle_accepted");
    }

    static void errorInHandleAcceptKept(Stage stage) throws Exception {
        Plain door = keeper(stage).once("handle_accept", Hook.spam()).on("handle_error", Hook.nothing());
        stage.visitor(door);
        stage.until("door.handle_accepted");
    }

    static void errorInHandleAccepted(Stage stage) throws Exception {
        Plain door = stage.listener("door").on("handle_accepted", Hook.spam());
        Peer visitor = stage.visitor(door);
        stage.until("door.handle_error(spam)");
        stage.heard(visitor);
    }

    static void errorInHandleAcceptedKept(Stage stage) throws Exception {
        Plain door = keeper(stage).once("handle_accepted", Hook.spam()).on("handle_error", Hook.nothing());
        Peer visitor = stage.visitor(door);
        stage.until("door.handle_error(spam)");
        stage.heard(visitor);
        stage.visitor(door).send("hello");
        stage.until("s.recv(hello)");
    }

    static void exitFromHandleAccept(Stage stage) throws Exception {
        Plain door = keeper(stage).once("handle_accept", Hook.exitNow());
        stage.visitor(door);
        stage.until("door.handle_accepted");
    }

    static void acceptedChannelIsNotToldToConnect(Stage stage) throws Exception {
        stage.plain("a").wantsWrite = true;
        stage.until("a.handle_write");
    }

    static void acceptWhenNobodyWaits(Stage stage) throws Exception {
        Plain door = stage.listener("door").on("handle_accept", c -> {
            Objects.requireNonNull(c.accept()).close();
            c.say("accepted");
            c.say(c.accept() == null ? "nobody" : "somebody");
        });
        Peer visitor = stage.visitor(door);
        stage.until("door.nobody");
        stage.heard(visitor);
    }

    static void waitingVisitorIsAnnouncedAgain(Stage stage) throws Exception {
        Plain door = keeper(stage).once("handle_accept", Hook.nothing());
        stage.visitor(door);
        stage.until("door.handle_accepted");
    }
}
