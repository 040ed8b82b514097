"""A callback that runs a turn of its own."""

from golden import peers
from golden.catalogue import scenario
from golden.flaws import RECV_RAISES
from golden.recorders import exit_now, reads_and, spam


@scenario
def turn_within_handle_read(stage):
    a = stage.plain("a", peers.unix_pair)

    def turns(a):
        a.peer.send(b"again")
        stage.nested()
        a.say("nested_returned")

    a.once("handle_read", reads_and(turns))
    a.peer.send(b"abc")
    stage.turn()


@scenario(
    differs=RECV_RAISES,
    java="a.handle_read a.recv(abc) b.handle_read b.recv(def) a.nested_returned open(a,b)",
)
def turn_within_handle_read_serves_others(stage):
    """asyncore calls b again after the nested turn has served it: there is nothing left to read."""
    a = stage.plain("a", peers.unix_pair)
    b = stage.plain("b", peers.unix_pair)

    def turns(a):
        stage.nested()
        a.say("nested_returned")

    a.once("handle_read", reads_and(turns))
    a.peer.send(b"abc")
    b.peer.send(b"def")
    stage.turn()


@scenario
def turn_within_handle_read_closes_the_caller(stage):
    a = stage.plain("a", peers.unix_pair)
    b = stage.plain("b", peers.unix_pair).on("handle_read", reads_and(lambda _: a.close()))

    def turns(a):
        b.peer.send(b"def")
        stage.nested()
        a.say("nested_returned")

    a.on("handle_read", reads_and(turns))
    a.peer.send(b"abc")
    stage.turn()


@scenario
def turn_within_found_terminator(stage):
    """The inner turn goes on with the lines that the outer one has read."""
    a = stage.chat("a", peers.unix_pair)

    def turns(a):
        a.peer.send(b"three\n")
        stage.nested()
        a.say("nested_returned")

    a.once("found_terminator", turns)
    a.peer.send(b"one\ntwo\n")
    stage.turn()


@scenario
def exit_from_turn_within_handle_read(stage):
    """It leaves both turns."""
    a = stage.plain("a", peers.unix_pair)
    b = stage.plain("b", peers.unix_pair).once("handle_read", reads_and(exit_now))

    def turns(a):
        b.peer.send(b"def")
        stage.nested()
        a.say("nested_returned")

    a.on("handle_read", reads_and(turns))
    a.peer.send(b"abc")
    stage.turn()


@scenario
def error_in_turn_within_handle_read(stage):
    """It concerns the channel that was called in the inner turn."""
    a = stage.plain("a", peers.unix_pair)
    b = stage.plain("b", peers.unix_pair).once("handle_read", reads_and(spam))

    def turns(a):
        b.peer.send(b"def")
        stage.nested()
        a.say("nested_returned")

    a.on("handle_read", reads_and(turns))
    a.peer.send(b"abc")
    stage.turn()
