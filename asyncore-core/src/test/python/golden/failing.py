"""What callbacks throw: with the default handle_error, and with one that records and keeps the channel."""

from golden.catalogue import scenario
from golden.flaws import CONNECT_EARLY, RECV_RAISES, TWO_CLOSES
from golden.recorders import Spam, nothing, reads_and, spam


@scenario
def error_in_handle_connect(stage):
    door = stage.door()
    a = stage.client("a").on("handle_connect", spam)
    a.connect(door.address)
    stage.until("a.handle_close")


@scenario(differs=CONNECT_EARLY, java="a.handle_connect a.handle_error(spam) open(a)")
def error_in_handle_connect_kept(stage):
    """asyncore takes the channel for unconnected and tells it again."""
    door = stage.door()
    a = stage.client("a").once("handle_connect", spam).on("handle_error", nothing)
    a.connect(door.address)
    stage.until("a.handle_error(spam)")
    stage.settle()


@scenario
def error_in_handle_read(stage):
    a = stage.plain("a").on("handle_read", spam)
    a.peer.send(b"abc")
    stage.until("a.handle_close")


@scenario
def error_in_handle_read_kept(stage):
    a = stage.plain("a").once("handle_read", reads_and(spam)).on("handle_error", nothing)
    a.peer.send(b"abc")
    stage.until("a.handle_error(spam)")
    a.peer.send(b"def")
    stage.until("a.recv(def)")


@scenario
def error_in_handle_write(stage):
    a = stage.plain("a").on("handle_write", spam)
    a.wants_write = True
    stage.until("a.handle_close")


@scenario
def error_in_handle_write_kept(stage):
    a = stage.plain("a").once("handle_write", spam).on("handle_error", nothing)
    a.wants_write = True
    stage.until("a.handle_write", 2)


@scenario(differs=TWO_CLOSES, java="a.handle_read a.handle_close a.handle_error(spam) open()")
def error_in_handle_close(stage):
    a = stage.plain("a").once("handle_close", spam)
    a.peer.close()
    stage.until("a.handle_error(spam)")
    stage.settle()


@scenario(differs=TWO_CLOSES, java="a.handle_read a.handle_close a.handle_error(spam) open()")
def error_in_handle_close_kept(stage):
    a = stage.plain("a").once("handle_close", spam).on("handle_error", nothing)
    a.peer.close()
    stage.until("a.handle_error(spam)")
    stage.settle()


@scenario(
    differs=TWO_CLOSES,
    java="a.handle_read a.recv(abc) a.handle_error(spam) a.handle_close loop.raised(eggs) open()",
)
def error_in_handle_error(stage):
    """It leaves the loop. In asyncore the channel stays as it was."""

    def eggs(_):
        raise Spam("eggs")

    a = stage.plain("a").once("handle_read", reads_and(spam)).on("handle_error", eggs)
    a.peer.send(b"abc")
    stage.until("loop.raised(eggs)")


@scenario
def error_in_collect_incoming_data(stage):
    a = stage.chat("a").on("collect_incoming_data", spam)
    a.peer.send(b"one\ntwo\n")
    stage.until("a.handle_close")


@scenario
def error_in_collect_incoming_data_kept(stage):
    a = stage.chat("a").once("collect_incoming_data", spam).on("handle_error", nothing)
    a.peer.send(b"one\ntwo\n")
    stage.until("a.handle_error(spam)")
    a.peer.send(b"three\n")
    stage.until("a.collect_incoming_data(three)")


@scenario
def error_in_found_terminator(stage):
    a = stage.chat("a").on("found_terminator", spam)
    a.peer.send(b"one\ntwo\n")
    stage.until("a.handle_close")


@scenario
def error_in_found_terminator_kept(stage):
    """What the read brought besides is parsed all the same, by asyncore at the next input."""
    a = stage.chat("a").once("found_terminator", spam).on("handle_error", nothing)
    a.peer.send(b"one\ntwo\n")
    stage.until("a.handle_error(spam)")
    a.peer.send(b"three\n")
    stage.until("a.collect_incoming_data(three)")


@scenario
def error_in_producer(stage):
    class Broken:
        def more(self):
            stage.say("producer.more")
            spam()

    a = stage.chat("a").on("found_terminator", lambda a: a.push_with_producer(Broken()))
    a.peer.send(b"go\n")
    stage.until("a.handle_close")


@scenario
def error_in_one_channel_spares_the_other(stage):
    a = stage.plain("a").on("handle_read", spam)
    b = stage.plain("b")
    a.peer.send(b"abc")
    stage.until("a.handle_close")
    b.peer.send(b"def")
    stage.until("b.recv(def)")


@scenario(differs=RECV_RAISES, java="a.handle_read a.recv(abc) a.recv_returned open(a)")
def recv_when_nothing_is_there(stage):
    def reads_again(a):
        a.take()
        a.say("recv_returned")

    a = stage.plain("a").on("handle_read", reads_and(reads_again))
    a.peer.send(b"abc")
    stage.until("a.recv(abc)")
