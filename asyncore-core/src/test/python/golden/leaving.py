"""ExitNow from each callback leaves the loop, closes nothing and loses nothing."""

from golden import peers
from golden.catalogue import scenario
from golden.flaws import CONNECT_EARLY, TWO_CLOSES
from golden.recorders import exit_now, reads_and, spam


@scenario(differs=CONNECT_EARLY, java="a.handle_connect loop.ExitNow open(a)")
def exit_from_handle_connect(stage):
    door = stage.door()
    a = stage.client("a").once("handle_connect", exit_now)
    a.connect(door.address)
    stage.until("loop.ExitNow")


@scenario
def exit_from_handle_read(stage):
    a = stage.plain("a").once("handle_read", exit_now)
    a.peer.send(b"abc")
    stage.until("a.recv(abc)")


@scenario
def exit_from_handle_write(stage):
    a = stage.plain("a").once("handle_write", exit_now)
    a.wants_write = True
    stage.until("a.handle_write", 2)


@scenario(differs=TWO_CLOSES, java="a.handle_read a.handle_close loop.ExitNow open()")
def exit_from_handle_close(stage):
    a = stage.plain("a").once("handle_close", exit_now)
    a.peer.close()
    stage.until("loop.ExitNow")


@scenario
def exit_from_handle_error(stage):
    a = stage.plain("a").once("handle_read", reads_and(spam)).on("handle_error", exit_now)
    a.peer.send(b"abc")
    stage.until("loop.ExitNow")


@scenario
def exit_from_collect_incoming_data(stage):
    a = stage.chat("a").once("collect_incoming_data", exit_now)
    a.peer.send(b"one\n")
    stage.until("loop.ExitNow")
    a.peer.send(b"two\n")
    stage.until("a.collect_incoming_data(two)")


@scenario
def exit_from_found_terminator(stage):
    a = stage.chat("a").once("found_terminator", exit_now)
    a.peer.send(b"one\ntwo\n")
    stage.until("loop.ExitNow")
    a.peer.send(b"three\n")
    stage.until("a.collect_incoming_data(three)")


@scenario
def exit_with_another_channel_ready(stage):
    """The other one is served in the next turn."""
    a = stage.plain("a", peers.unix_pair).once("handle_read", reads_and(exit_now))
    b = stage.plain("b", peers.unix_pair)
    a.peer.send(b"abc")
    b.peer.send(b"def")
    stage.turn()
    stage.turn()
