"""close() within callbacks: nothing follows, no handle_close either, for the channel that asked for it."""

from golden import peers
from golden.catalogue import scenario
from golden.flaws import AFTER_CLOSE, LOSES_BUFFER, PARSES_ON
from golden.recorders import close, reads_and, spam

BIG = peers.much(4_000_000)


@scenario
def close_in_handle_read(stage):
    a = stage.plain("a").on("handle_read", close)
    a.peer.send(b"abc")
    stage.until("a.handle_read")


@scenario
def close_after_recv(stage):
    a = stage.plain("a").on("handle_read", reads_and(close))
    a.peer.send(b"abc")
    stage.until("a.recv(abc)")
    stage.heard(a.peer)


@scenario(differs=AFTER_CLOSE, java={"poll2": "a.handle_read open()"})
def close_in_handle_read_of_writable_channel(stage):
    a = stage.plain("a", peers.unix_pair).on("handle_read", close)
    a.wants_write = True
    a.peer.send(b"abc")
    stage.turn()


@scenario
def close_in_handle_write(stage):
    a = stage.plain("a").on("handle_write", close)
    a.wants_write = True
    stage.until("a.handle_write")
    stage.heard(a.peer)


@scenario
def close_in_handle_close(stage):
    a = stage.plain("a").on("handle_close", close)
    a.peer.close()
    stage.until("a.handle_close")


@scenario
def close_in_handle_error(stage):
    a = stage.plain("a").on("handle_error", close).on("handle_read", spam)
    a.peer.send(b"abc")
    stage.until("a.handle_error(spam)")


@scenario
def close_twice(stage):
    a = stage.plain("a")
    a.close()
    a.close()


@scenario
def close_outside_of_a_turn(stage):
    a = stage.plain("a")
    a.peer.send(b"abc")
    stage.await_input(a)
    a.close()


@scenario(differs=PARSES_ON, java="a.collect_incoming_data(one) a.found_terminator open()")
def close_in_found_terminator(stage):
    a = stage.chat("a").on("found_terminator", close)
    a.peer.send(b"one\ntwo\n")
    stage.until("a.found_terminator")


@scenario(differs=PARSES_ON, java="a.collect_incoming_data(one) open()")
def close_in_collect_incoming_data(stage):
    a = stage.chat("a").on("collect_incoming_data", close)
    a.peer.send(b"one\ntwo\n")
    stage.until("a.collect_incoming_data(one)")


@scenario
def send_and_close(stage):
    """What the kernel takes at once is heard."""

    def says_bye(a):
        a.send(b"bye")
        a.close()

    a = stage.queueing("a").on("handle_read", reads_and(says_bye))
    a.peer.send(b"abc")
    stage.heard(a.peer)


@scenario(differs=LOSES_BUFFER, java="a.handle_close peer.heard(all) peer.end open()")
def send_much_and_close(stage):
    """asyncore has nothing but close() here, which loses what the kernel did not take at once."""
    a = stage.queueing("a")
    a.send(BIG)
    a.close()
    stage.heard(a.peer, whole=BIG)


@scenario
def close_of_another_ready_channel(stage):
    """The later one is ready, too, but not called: it has left the map."""
    a = stage.plain("a", peers.unix_pair)
    b = stage.plain("b", peers.unix_pair)
    a.on("handle_read", reads_and(lambda _: b.close()))
    a.peer.send(b"abc")
    b.peer.send(b"def")
    stage.turn()


@scenario
def close_of_earlier_ready_channel(stage):
    a = stage.plain("a", peers.unix_pair)
    b = stage.plain("b", peers.unix_pair)
    b.on("handle_read", reads_and(lambda _: a.close()))
    a.peer.send(b"abc")
    b.peer.send(b"def")
    stage.turn()


@scenario
def close_of_channel_that_is_ready_to_write(stage):
    a = stage.plain("a", peers.unix_pair)
    b = stage.plain("b", peers.unix_pair)
    a.on("handle_read", reads_and(lambda _: b.close()))
    b.wants_write = True
    a.peer.send(b"abc")
    stage.turn()
