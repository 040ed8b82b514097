package io.asyncore.golden;

import io.asyncore.chat.Producer;
import io.asyncore.chat.SimpleProducer;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** Output: pushes, producers, partial writes, and closing when all is written. */
final class Sending {

    private static final byte[] BIG = Text.much(4_000_000);

    private Sending() {}

    /** For {@code found_terminator}. */
    static void sayBye(Chat channel) throws Exception {
        channel.push("bye");
        channel.closeWhenDone();
    }

    /** Gives its parts one by one and says when it is asked. */
    private static Producer producer(Stage stage, String... parts) {
        Queue<String> left = new ArrayDeque<>(List.of(parts));
        return () -> {
            stage.say("producer.more");
            return left.isEmpty() ? null : Text.bytes(left.remove());
        };
    }

    private static Queueing echoing(Stage stage) throws Exception {
        return stage.queueing("a").on("handle_read", c -> c.send(c.take()));
    }

    static void echo(Stage stage) throws Exception {
        Queueing a = echoing(stage);
        a.peer().send("hello");
        stage.heard(a.peer(), 5);
        a.peer().send("again");
        stage.heard(a.peer(), 5);
        a.peer().close();
        stage.until("a.handle_close");
    }

    static void echoUntilHalfClose(Stage stage) throws Exception {
        Queueing a = echoing(stage);
        a.peer().send("hello");
        a.peer().halfClose();
        stage.heard(a.peer());
    }

    static void sendFromHandleWrite(Stage stage) throws Exception {
        Plain a = stage.plain("a").on("handle_write", c -> {
            c.say("sent(" + c.send(Text.bytes("hello")) + ")");
            c.wantsWrite = false;
        });
        a.wantsWrite = true;
        stage.heard(a.peer(), 5);
    }

    static void sendReturnsWhatTheKernelTook(Stage stage) throws Exception {
        ByteBuffer rest = ByteBuffer.wrap(BIG);
        stage.ignore("a.handle_write");
        Plain a = stage.plain("a").on("handle_write", c -> {
            int sent = c.send(rest);
            if (sent > 0 && rest.hasRemaining()) {
                c.say("partial");
                stage.ignore("a.partial");
            }
            c.wantsWrite = rest.hasRemaining();
        });
        a.wantsWrite = true;
        stage.heardAll(a.peer(), BIG);
    }

    static void sendMuch(Stage stage) throws Exception {
        Queueing a = stage.queueing("a");
        a.send(BIG);
        stage.heardAll(a.peer(), BIG);
    }

    static void pushAfterPush(Stage stage) throws Exception {
        Chat a = stage.chat("a").on("found_terminator", c -> {
            c.push("one,");
            c.push("two,");
            c.push("three");
        });
        a.peer().send("go\n");
        stage.heard(a.peer(), 13);
    }

    static void pushOutsideOfATurn(Stage stage) throws Exception {
        Chat a = stage.chat("a");
        a.push("one");
        a.push("two");
        stage.heard(a.peer(), 6);
    }

    static void pushNothing(Stage stage) throws Exception {
        Chat a = stage.chat("a");
        a.push("");
        a.push("one");
        stage.heard(a.peer(), 3);
    }

    static void pushMuch(Stage stage) throws Exception {
        Chat a = stage.chat("a");
        a.push(BIG);
        a.push("tail");
        byte[] whole = ByteBuffer.allocate(BIG.length + 4)
                .put(BIG)
                .put(Text.bytes("tail"))
                .array();
        stage.heardAll(a.peer(), whole);
    }

    static void pushAnswersInOrder(Stage stage) throws Exception {
        Chat a = stage.chat("a").on("found_terminator", c -> c.push(c.data() + ";"));
        a.peer().send("one\ntwo\nthree\n");
        stage.heard(a.peer(), 14);
    }

    static void simpleProducer(Stage stage) throws Exception {
        Chat a = stage.chat("a");
        a.pushWithProducer(new SimpleProducer(Text.bytes("0123456789"), 3));
        stage.heard(a.peer(), 10);
    }

    static void ownProducer(Stage stage) throws Exception {
        Chat a = stage.chat("a");
        a.pushWithProducer(producer(stage, "one", "two"));
        stage.until("producer.more", 3);
        stage.heard(a.peer(), 6);
    }

    static void producerBetweenPushes(Stage stage) throws Exception {
        Chat a = stage.chat("a");
        a.push("<");
        a.pushWithProducer(producer(stage, "one", "two"));
        a.pushWithProducer(producer(stage, "three"));
        a.push(">");
        stage.until("producer.more", 5);
        stage.heard(a.peer(), 13);
    }

    static void emptyProducer(Stage stage) throws Exception {
        Chat a = stage.chat("a");
        a.pushWithProducer(producer(stage));
        a.push("one");
        stage.heard(a.peer(), 3);
    }

    static void closeWhenDoneWithNothingPending(Stage stage) throws Exception {
        Chat a = stage.chat("a");
        a.closeWhenDone();
        stage.farewell(a, null);
    }

    static void closeWhenDoneWithOutputPending(Stage stage) throws Exception {
        Chat a = stage.chat("a");
        a.push(BIG);
        a.closeWhenDone();
        stage.farewell(a, BIG);
    }

    static void closeWhenDoneWithProducer(Stage stage) throws Exception {
        Chat a = stage.chat("a");
        a.pushWithProducer(producer(stage, "one", "two"));
        a.closeWhenDone();
        stage.farewell(a, null);
    }

    static void pushAfterCloseWhenDone(Stage stage) throws Exception {
        Chat a = stage.chat("a");
        a.push("bye");
        a.closeWhenDone();
        a.push("more");
        stage.farewell(a, null);
    }

    static void closeWhenDoneInFoundTerminator(Stage stage) throws Exception {
        Chat a = stage.chat("a").on("found_terminator", Sending::sayBye);
        a.peer().send("quit\n");
        stage.farewell(a, null);
    }

    static void discardPendingOutput(Stage stage) throws Exception {
        Chat a = stage.chat("a");
        a.push(BIG);
        a.discardBuffers();
        a.closeWhenDone();
        stage.farewell(a, BIG);
    }

    static void writableFollowsTheQueue(Stage stage) throws Exception {
        Chat a = stage.chat("a");
        tellWritable(a);
        a.push(BIG);
        tellWritable(a);
        stage.heardAll(a.peer(), BIG);
        stage.settle();
        tellWritable(a);
    }

    private static void tellWritable(Chat channel) {
        channel.say("writable(" + (channel.wantsToWrite() ? "yes" : "no") + ")");
    }
}
