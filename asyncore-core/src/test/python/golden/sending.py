"""Output: pushes, producers, partial writes, and closing when all is written."""

import asynchat

from golden import peers
from golden.catalogue import scenario
from golden.flaws import TWO_CLOSES

BIG = peers.much(4_000_000)


class Producer:
    """Gives its parts one by one and says when it is asked."""

    def __init__(self, stage, *parts):
        self.stage, self.parts = stage, list(parts)

    def more(self):
        self.stage.say("producer.more")
        return self.parts.pop(0) if self.parts else b""


@scenario(
    differs=TWO_CLOSES,
    java="a.handle_read a.recv(hello) peer.heard(hello) a.handle_read a.recv(again) peer.heard(again)"
    " a.handle_read a.handle_close open()",
)
def echo(stage):
    """At the end recv runs handle_close, and so does the send that follows in the same callback."""
    a = stage.queueing("a").on("handle_read", lambda a: a.send(a.take()))
    a.peer.send(b"hello")
    stage.heard(a.peer, 5)
    a.peer.send(b"again")
    stage.heard(a.peer, 5)
    a.peer.close()
    stage.until("a.handle_close")


@scenario(
    differs=TWO_CLOSES,
    java="a.handle_read a.recv(hello) a.handle_read a.handle_close peer.heard(hello) peer.end open()",
)
def echo_until_half_close(stage):
    a = stage.queueing("a").on("handle_read", lambda a: a.send(a.take()))
    a.peer.send(b"hello")
    a.peer.half_close()
    stage.heard(a.peer)


@scenario
def send_from_handle_write(stage):
    def writes(a):
        a.say("sent(%d)" % a.send(b"hello"))
        a.wants_write = False

    a = stage.plain("a").on("handle_write", writes)
    a.wants_write = True
    stage.heard(a.peer, 5)


@scenario
def send_returns_what_the_kernel_took(stage):
    """A plain dispatcher keeps the rest itself. How often it is called depends on the kernel."""
    rest = bytearray(BIG)

    def writes(a):
        sent = a.send(rest)
        if 0 < sent < len(rest):
            a.say("partial")
            stage.ignore("a.partial")
        del rest[:sent]
        a.wants_write = len(rest) > 0

    stage.ignore("a.handle_write")
    a = stage.plain("a").on("handle_write", writes)
    a.wants_write = True
    stage.heard(a.peer, len(BIG), BIG)


@scenario
def send_much(stage):
    a = stage.queueing("a")
    a.send(BIG)
    stage.heard(a.peer, len(BIG), BIG)


@scenario
def push_after_push(stage):
    def pushes(a):
        for part in (b"one,", b"two,", b"three"):
            a.push(part)

    a = stage.chat("a").on("found_terminator", pushes)
    a.peer.send(b"go\n")
    stage.heard(a.peer, 13)


@scenario
def push_outside_of_a_turn(stage):
    a = stage.chat("a")
    a.push(b"one")
    a.push(b"two")
    stage.heard(a.peer, 6)


@scenario
def push_nothing(stage):
    a = stage.chat("a")
    a.push(b"")
    a.push(b"one")
    stage.heard(a.peer, 3)


@scenario
def push_much(stage):
    a = stage.chat("a")
    a.push(BIG)
    a.push(b"tail")
    stage.heard(a.peer, len(BIG) + 4, BIG + b"tail")


@scenario
def push_answers_in_order(stage):
    a = stage.chat("a").on("found_terminator", lambda a: a.push(a._get_data() + b";"))
    a.peer.send(b"one\ntwo\nthree\n")
    stage.heard(a.peer, 14)


@scenario
def simple_producer(stage):
    a = stage.chat("a")
    a.push_with_producer(asynchat.simple_producer(b"0123456789", 3))
    stage.heard(a.peer, 10)


@scenario
def own_producer(stage):
    a = stage.chat("a")
    a.push_with_producer(Producer(stage, b"one", b"two"))
    stage.until("producer.more", 3)
    stage.heard(a.peer, 6)


@scenario
def producer_between_pushes(stage):
    a = stage.chat("a")
    a.push(b"<")
    a.push_with_producer(Producer(stage, b"one", b"two"))
    a.push_with_producer(Producer(stage, b"three"))
    a.push(b">")
    stage.until("producer.more", 5)
    stage.heard(a.peer, 13)


@scenario
def empty_producer(stage):
    a = stage.chat("a")
    a.push_with_producer(Producer(stage))
    a.push(b"one")
    stage.heard(a.peer, 3)


@scenario
def close_when_done_with_nothing_pending(stage):
    a = stage.chat("a")
    a.close_when_done()
    stage.farewell(a)


@scenario
def close_when_done_with_output_pending(stage):
    a = stage.chat("a")
    a.push(BIG)
    a.close_when_done()
    stage.farewell(a, BIG)


@scenario
def close_when_done_with_producer(stage):
    a = stage.chat("a")
    a.push_with_producer(Producer(stage, b"one", b"two"))
    a.close_when_done()
    stage.farewell(a)


@scenario
def push_after_close_when_done(stage):
    a = stage.chat("a")
    a.push(b"bye")
    a.close_when_done()
    a.push(b"more")
    stage.farewell(a)


@scenario
def close_when_done_in_found_terminator(stage):
    def says_bye(a):
        a.push(b"bye")
        a.close_when_done()

    a = stage.chat("a").on("found_terminator", says_bye)
    a.peer.send(b"quit\n")
    stage.farewell(a)


@scenario
def discard_pending_output(stage):
    a = stage.chat("a")
    a.push(BIG)
    a.discard_buffers()
    a.close_when_done()
    stage.farewell(a, BIG)


@scenario
def writable_follows_the_queue(stage):
    def tells(a):
        a.say("writable(%s)" % ("yes" if a.writable() else "no"))

    a = stage.chat("a")
    tells(a)
    a.push(BIG)
    tells(a)
    stage.heard(a.peer, len(BIG), BIG)
    stage.settle()
    tells(a)
