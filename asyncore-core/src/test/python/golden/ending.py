"""The peer goes away: before data, after data, half, by reset, with output pending."""

from golden import peers
from golden.catalogue import scenario
from golden.flaws import NO_HALF_CLOSE, SPINS, TWO_CLOSES
from golden.recorders import nothing, reads_and

BIG = peers.much(4_000_000)


@scenario
def peer_closes_without_data(stage):
    a = stage.plain("a")
    a.peer.close()
    stage.until("a.handle_close")


@scenario
def peer_closes_after_data(stage):
    a = stage.plain("a")
    a.peer.send(b"abc")
    a.peer.close()
    stage.until("a.handle_close")


@scenario
def peer_closes_with_more_data_than_one_read(stage):
    a = stage.plain("a").on("handle_read", lambda a: a.take(2))
    a.peer.send(b"abcde")
    a.peer.close()
    stage.until("a.handle_close")


@scenario
def peer_half_closes(stage):
    a = stage.plain("a")
    a.peer.send(b"abc")
    stage.until("a.recv(abc)")
    a.peer.half_close()
    stage.until("a.handle_close")
    stage.heard(a.peer)


@scenario(
    differs=NO_HALF_CLOSE,
    java="a.handle_read a.recv(question) a.handle_read a.handle_eof peer.heard(answer) peer.end open()",
)
def answer_after_half_close(stage):
    """asyncore closes at the end of input, so what a would answer then is never heard."""
    a = stage.plain("a")
    a.peer.send(b"question")
    stage.until("a.recv(question)")
    a.peer.half_close()
    stage.heard(a.peer)


@scenario(differs=TWO_CLOSES, java={"poll2": "a.handle_read a.handle_close open()"})
def peer_resets(stage):
    a = stage.plain("a")
    a.peer.reset()
    stage.await_input(a)
    stage.until("a.handle_close")


@scenario(differs=TWO_CLOSES, java={"poll2": "a.handle_read a.recv(abc) a.handle_read a.handle_close open()"})
def peer_resets_after_data(stage):
    a = stage.plain("a")
    a.peer.send(b"abc")
    stage.await_input(a)
    a.peer.reset()
    stage.until("a.handle_close")


@scenario(differs=TWO_CLOSES, java={"poll2": "a.handle_read a.handle_close open()"})
def unix_peer_closes(stage):
    a = stage.plain("a", peers.unix_pair)
    a.peer.close()
    stage.turn()


@scenario(
    differs=TWO_CLOSES,
    java={
        "poll2": "a.handle_read a.recv(ab) a.handle_read a.recv(cd) a.handle_read a.recv(e) a.handle_read"
        " a.handle_close open()"
    },
)
def unix_peer_closes_after_data(stage):
    """poll2 sees the hang-up together with the data and drops what one read leaves."""
    a = stage.plain("a", peers.unix_pair).on("handle_read", lambda a: a.take(2))
    a.peer.send(b"abcde")
    a.peer.close()
    stage.until("a.handle_close")


@scenario(differs=SPINS, java="a.handle_close open()")
def peer_closes_and_nothing_is_read(stage):
    """A class without handle_read never learns of the end; its turns do not wait either."""
    a = stage.bare("a")
    a.peer.close()
    stage.settle()


@scenario(differs=TWO_CLOSES, java={"poll2": "a.handle_close open()"})
def peer_closes_with_output_pending(stage):
    a = stage.chat("a")
    a.push(BIG)
    a.peer.close()
    stage.await_input(a)
    stage.until("a.handle_close")


@scenario(differs=TWO_CLOSES, java={"poll2": "a.handle_read a.handle_close open()"})
def peer_resets_with_output_pending(stage):
    a = stage.queueing("a").on("handle_read", lambda a: a.recv(64))
    a.send(BIG)
    a.peer.reset()
    stage.await_input(a)
    stage.until("a.handle_close")


@scenario(differs=TWO_CLOSES, java="a.handle_read a.recv(abc) a.sent(0) a.handle_read a.handle_close open()")
def send_to_lost_peer(stage):
    """send notices the loss: asyncore runs handle_close within it, here the input is read to its end first."""

    def sends_too_late(a):
        a.peer.close()
        a.say("sent(%d)" % a.send(b"xyz"))

    a = stage.plain("a", peers.unix_pair).once("handle_read", reads_and(sends_too_late))
    a.peer.send(b"abc")
    stage.until("a.handle_close")


@scenario(differs=TWO_CLOSES, java="a.handle_read a.recv_returned a.handle_close open()")
def recv_at_the_end_returns_before_handle_close(stage):
    a = stage.plain("a").on("handle_read", reads_and(lambda a: a.say("recv_returned")))
    a.peer.close()
    stage.until("a.handle_close")


@scenario(differs=TWO_CLOSES, java="a.handle_read a.handle_close open()")
def handle_close_that_does_not_close(stage):
    """asyncore calls it in every turn."""
    a = stage.plain("a", peers.unix_pair).on("handle_close", nothing)
    a.peer.close()
    stage.loop(3)
    a.close()
