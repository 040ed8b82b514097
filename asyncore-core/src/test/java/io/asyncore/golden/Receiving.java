package io.asyncore.golden;

import static java.net.StandardProtocolFamily.UNIX;

import io.asyncore.chat.Terminator;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/** async_chat's input: terminators of all kinds, split in all ways, changed on the way. */
final class Receiving {

    private Receiving() {}

    /** Each part is one turn's input: over a Unix socket it has arrived when the peer's write returns. */
    private static void feed(Stage stage, Chat channel, String... parts) throws Exception {
        for (String part : parts) {
            channel.peer().send(part);
            stage.turn();
        }
    }

    private static void feedBytewise(Stage stage, Chat channel, String data) throws Exception {
        feed(stage, channel, data.split(""));
    }

    private static Chat lines(Stage stage) throws Exception {
        return stage.chat("a", UNIX);
    }

    private static Chat terminatedBy(Stage stage, Terminator terminator) throws Exception {
        Chat a = lines(stage);
        a.setTerminator(terminator);
        return a;
    }

    private static Chat terminatedBy(Stage stage, String terminator) throws Exception {
        return terminatedBy(stage, Terminator.delimiter(terminator));
    }

    /** For {@code found_terminator}: sets one terminator after the other. */
    private static Hook<Chat> then(Terminator... terminators) {
        Queue<Terminator> coming = new ArrayDeque<>(Arrays.asList(terminators));
        return channel -> {
            if (!coming.isEmpty()) {
                channel.setTerminator(coming.remove());
            }
        };
    }

    private static Hook<Chat> showsData() {
        return channel -> channel.say("data(" + channel.data() + ")");
    }

    static void linesInOneRead(Stage stage) throws Exception {
        feed(stage, lines(stage), "one\ntwo\nthr", "ee\n");
    }

    static void lineWithoutData(Stage stage) throws Exception {
        feed(stage, lines(stage), "\n\none\n");
    }

    static void lineAtEveryByte(Stage stage) throws Exception {
        feedBytewise(stage, terminatedBy(stage, "\r\n"), "one\r\ntwo\r\n");
    }

    static void longTerminatorSplitInTwoEverywhere(Stage stage) throws Exception {
        Chat a = terminatedBy(stage, "<end>");
        String frame = "x<end>y";
        for (int cut = 1; cut < frame.length(); cut++) {
            feed(stage, a, frame.substring(0, cut), frame.substring(cut));
        }
    }

    static void falsePrefixInOneRead(Stage stage) throws Exception {
        feed(stage, terminatedBy(stage, "\r\n\r\n"), "a\r\nb\r\n\r\n");
    }

    static void falsePrefixInTwoReads(Stage stage) throws Exception {
        feed(stage, terminatedBy(stage, "\r\n\r\n"), "a\r\n", "b\r\n\r\n");
    }

    static void falsePrefixAtEveryByte(Stage stage) throws Exception {
        feedBytewise(stage, terminatedBy(stage, "aab"), "aaabaaaab");
    }

    static void falsePrefixBeforeTheEnd(Stage stage) throws Exception {
        Chat a = terminatedBy(stage, "\r\n");
        feed(stage, a, "one\r");
        a.peer().close();
        stage.until("a.handle_close");
    }

    static void numbersInARow(Stage stage) throws Exception {
        Chat a = terminatedBy(stage, Terminator.length(3)).on("found_terminator", c -> c.setTerminator(3));
        feed(stage, a, "abcdefgh", "i", "jkl");
    }

    static void numberAtEveryByte(Stage stage) throws Exception {
        Chat a = terminatedBy(stage, Terminator.length(3)).on("found_terminator", c -> c.setTerminator(3));
        feedBytewise(stage, a, "abcdef");
    }

    static void numbersThatChange(Stage stage) throws Exception {
        Hook<Chat> next = then(Terminator.length(2), Terminator.length(3), Terminator.length(4));
        feed(stage, terminatedBy(stage, Terminator.length(1)).on("found_terminator", next), "abbcccdddd");
    }

    static void numberUsedOnce(Stage stage) throws Exception {
        feed(stage, terminatedBy(stage, Terminator.length(3)), "abcdefgh", "i");
    }

    static void noTerminator(Stage stage) throws Exception {
        feed(stage, terminatedBy(stage, Terminator.none()), "one\ntwo", "three");
    }

    static void lineThenNothing(Stage stage) throws Exception {
        feed(stage, lines(stage).on("found_terminator", then(Terminator.none())), "one\ntwo\nthree\n");
    }

    private static Chat lineNumberLineChat(Stage stage) throws Exception {
        return lines(stage).on("found_terminator", then(Terminator.length(5), Terminator.delimiter("\n")));
    }

    static void lineNumberLine(Stage stage) throws Exception {
        feed(stage, lineNumberLineChat(stage), "5\na\nb\nctail\n");
    }

    static void lineNumberLineAtEveryByte(Stage stage) throws Exception {
        feedBytewise(stage, lineNumberLineChat(stage), "5\na\nb\nctail\n");
    }

    static void terminatorChangedWhileItsPrefixIsHeld(Stage stage) throws Exception {
        Chat a = terminatedBy(stage, "\r\n");
        feed(stage, a, "one\r");
        a.setTerminator("!");
        feed(stage, a, "two!");
    }

    static void getData(Stage stage) throws Exception {
        feed(stage, lines(stage).on("found_terminator", showsData()), "o", "ne\ntwo\n");
    }

    static void discardInFoundTerminator(Stage stage) throws Exception {
        feed(stage, lines(stage).once("found_terminator", Chat::discardBuffers), "one\ntwo\nthree\n", "four\n");
    }

    static void discardCollectedData(Stage stage) throws Exception {
        Chat a = lines(stage).on("found_terminator", showsData());
        feed(stage, a, "one");
        a.discardBuffers();
        feed(stage, a, "two\n");
    }

    static void closeWhenDoneBeforeFurtherLines(Stage stage) throws Exception {
        Chat a = stage.chat("a").once("found_terminator", Sending::sayBye);
        a.peer().send("quit\nmore\n");
        stage.farewell(a, null);
    }

    static void peerClosesAfterALine(Stage stage) throws Exception {
        Chat a = stage.chat("a");
        a.peer().send("one\ntw");
        a.peer().close();
        stage.until("a.handle_close");
    }

    static void linesAfterCloseWhenDone(Stage stage) throws Exception {
        byte[] big = Text.much(4_000_000);
        Chat a = stage.chat("a");
        a.push(big);
        a.closeWhenDone();
        a.peer().send("more\n");
        stage.turn();
        stage.farewell(a, big);
    }
}
