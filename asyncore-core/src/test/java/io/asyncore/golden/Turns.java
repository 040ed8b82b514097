package io.asyncore.golden;

import static java.net.StandardProtocolFamily.UNIX;

import io.asyncore.Asyncore;
import io.asyncore.Dispatcher;
import java.util.List;

/** One turn with several channels: who is called in which order, in poll (reads, writes) and poll2 (by channel). */
final class Turns {

    private Turns() {}

    private static List<Plain> trio(Stage stage) throws Exception {
        return List.of(stage.plain("a", UNIX), stage.plain("b", UNIX), stage.plain("c", UNIX));
    }

    static void threeReadyToRead(Stage stage) throws Exception {
        List<Plain> channels = trio(stage);
        for (int i = 2; i >= 0; i--) {
            channels.get(i).peer().send("hello");
        }
        stage.turn();
    }

    static void threeReadyToReadAndWrite(Stage stage) throws Exception {
        for (Plain channel : trio(stage)) {
            channel.wantsWrite = true;
            channel.peer().send("hello");
        }
        stage.turn();
    }

    static void oneReadsWhileAnotherWrites(Stage stage) throws Exception {
        List<Plain> channels = trio(stage);
        channels.get(0).wantsWrite = true;
        channels.get(1).peer().send("hello");
        channels.get(2).wantsWrite = true;
        stage.turn();
    }

    static void endAndDataInOneTurn(Stage stage) throws Exception {
        List<Plain> channels = trio(stage);
        channels.get(2).peer().send("hello");
        channels.get(1).peer().close();
        channels.get(0).peer().send("hello");
        stage.turn();
    }

    static void acceptedChannelIsServedInTheNextTurn(Stage stage) throws Exception {
        Plain door = stage.listener("door", UNIX);
        door.on("handle_accepted", c -> new Plain(stage, "s", c.accepted()));
        Plain b = stage.plain("b", UNIX);
        stage.visitor(door).send("hello");
        b.peer().send("hello");
        stage.turn();
        stage.say("next_turn");
        stage.turn();
    }

    static void channelMadeInATurn(Stage stage) throws Exception {
        Plain a = stage.plain("a", UNIX);
        a.on("handle_read", Hook.readsAnd(c -> stage.plain("b", UNIX).peer().send("def")));
        a.peer().send("abc");
        stage.turn();
        stage.say("next_turn");
        stage.turn();
    }

    static void descriptorUsedAgainInATurn(Stage stage) throws Exception {
        Plain a = stage.plain("a", UNIX);
        Plain b = stage.plain("b", UNIX);
        a.on("handle_read", Hook.readsAnd(c -> {
            b.close();
            stage.plain("c", UNIX).on("handle_error", Hook.nothing());
        }));
        a.peer().send("abc");
        b.peer().send("def");
        stage.turn();
    }

    static void notReadable(Stage stage) throws Exception {
        Plain a = stage.plain("a");
        a.wantsRead = false;
        a.peer().send("abc");
        stage.settle();
        stage.say("readable_again");
        a.wantsRead = true;
        stage.until("a.recv(abc)");
    }

    static void notReadableAfterFirstRead(Stage stage) throws Exception {
        Plain a = stage.plain("a", UNIX).on("handle_read", Hook.readsAnd(c -> c.wantsRead = false));
        a.peer().send("abc");
        stage.turn();
        a.peer().send("def");
        stage.settle();
        stage.say("readable_again");
        a.wantsRead = true;
        stage.turn();
    }

    static void readInSmallSteps(Stage stage) throws Exception {
        Plain a = stage.plain("a", UNIX).on("handle_read", c -> c.take(2));
        a.peer().send("abcde");
        for (int i = 0; i < 3; i++) {
            stage.turn();
        }
    }

    static void loopEndsWithTheLastChannel(Stage stage) throws Exception {
        for (String name : List.of("a", "b")) {
            Plain channel = stage.plain(name, UNIX).on("handle_read", Hook.readsAnd(Dispatcher::close));
            channel.peer().send("abc");
        }
        stage.loop(null);
        stage.say("loop_returned");
    }

    static void loopCountsItsTurns(Stage stage) throws Exception {
        Plain a = stage.plain("a", UNIX).on("handle_read", c -> c.take(1));
        a.peer().send("abcde");
        stage.loop(3);
        stage.say("loop_returned");
        stage.loop(2);
    }

    static void loopOfAnEmptyMap(Stage stage) throws Exception {
        stage.loop(null);
        stage.say("loop_returned");
    }

    static void closeAll(Stage stage) throws Exception {
        trio(stage).get(0).peer().send("abc");
        Asyncore.closeAll(stage.map, true);
        stage.say("closed");
    }

    static void closeAllInACallback(Stage stage) throws Exception {
        List<Plain> channels = trio(stage);
        channels.get(0).on("handle_read", Hook.readsAnd(c -> Asyncore.closeAll(stage.map, true)));
        for (Plain channel : channels.subList(0, 2)) {
            channel.peer().send("abc");
            channel.wantsWrite = true;
        }
        stage.turn();
    }

    static void unreadInputIsAnnouncedAgain(Stage stage) throws Exception {
        Plain a = stage.plain("a").once("handle_read", Hook.nothing());
        a.peer().send("abc");
        stage.until("a.recv(abc)");
    }

    static void writableChannelIsCalledEachTurn(Stage stage) throws Exception {
        Plain a = stage.plain("a", UNIX).on("handle_write", Hook.nothing());
        a.wantsWrite = true;
        stage.loop(3);
        a.wantsWrite = false;
    }

    static void channelTakenOutOfTheMap(Stage stage) throws Exception {
        Plain a = stage.plain("a", UNIX);
        a.peer().send("abc");
        a.delChannel();
        stage.settle();
        a.close();
    }
}
