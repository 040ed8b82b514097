"""Listeners: accepting, closing and failing while they accept."""

from golden.catalogue import scenario
from golden.flaws import LISTENER_DIES
from golden.recorders import Plain, close, exit_now, nothing, spam


def keeps(stage):
    """A hook for handle_accepted: the accepted channels are named s, s, ..."""
    return lambda listener, sock: Plain(stage, "s", sock)


@scenario
def accept(stage):
    door = stage.listener("door").on("handle_accepted", keeps(stage))
    stage.visitor(door).send(b"hello")
    stage.until("s.recv(hello)")


@scenario
def accept_two(stage):
    door = stage.listener("door").on("handle_accepted", keeps(stage))
    stage.visitor(door)
    stage.until("door.handle_accepted")
    stage.visitor(door)
    stage.until("door.handle_accepted", 2)


@scenario
def accept_without_handle_accepted(stage):
    door = stage.listener("door")
    visitor = stage.visitor(door)
    stage.until("door.handle_accepted")
    stage.heard(visitor)


@scenario
def accept_closes_listener(stage):
    """What was accepted lives on."""
    door = stage.listener("door")

    def accepted(listener, sock):
        Plain(stage, "s", sock)
        listener.close()

    door.on("handle_accepted", accepted)
    stage.visitor(door).send(b"hello")
    stage.until("s.recv(hello)")


@scenario
def close_in_handle_accept(stage):
    door = stage.listener("door").on("handle_accept", close)
    visitor = stage.visitor(door)
    stage.until("door.handle_accept")
    stage.heard(visitor)


@scenario
def listener_not_readable(stage):
    door = stage.listener("door").on("handle_accepted", keeps(stage))
    door.wants_read = False
    stage.visitor(door)
    stage.settle()
    stage.say("readable_again")
    door.wants_read = True
    stage.until("door.handle_accepted")


@scenario(
    differs=LISTENER_DIES,
    java="door.handle_accept door.handle_error(spam) door.handle_accept door.handle_accepted open(door,s)",
)
def error_in_handle_accept(stage):
    door = stage.listener("door").on("handle_accepted", keeps(stage)).once("handle_accept", spam)
    stage.visitor(door)
    stage.until("door.handle_error(spam)")
    stage.settle()


@scenario
def error_in_handle_accept_kept(stage):
    door = stage.listener("door").on("handle_accepted", keeps(stage)).once("handle_accept", spam)
    door.on("handle_error", nothing)
    stage.visitor(door)
    stage.until("door.handle_accepted")


@scenario(
    differs=LISTENER_DIES, java="door.handle_accept door.handle_accepted door.handle_error(spam) peer.end open(door)"
)
def error_in_handle_accepted(stage):
    door = stage.listener("door").on("handle_accepted", spam)
    visitor = stage.visitor(door)
    stage.until("door.handle_error(spam)")
    stage.heard(visitor)


@scenario
def error_in_handle_accepted_kept(stage):
    """One visitor is lost, the next is served."""
    door = stage.listener("door").on("handle_accepted", keeps(stage)).once("handle_accepted", spam)
    door.on("handle_error", nothing)
    visitor = stage.visitor(door)
    stage.until("door.handle_error(spam)")
    stage.heard(visitor)
    stage.visitor(door).send(b"hello")
    stage.until("s.recv(hello)")


@scenario
def exit_from_handle_accept(stage):
    door = stage.listener("door").on("handle_accepted", keeps(stage)).once("handle_accept", exit_now)
    stage.visitor(door)
    stage.until("door.handle_accepted")


@scenario
def accepted_channel_is_not_told_to_connect(stage):
    """A dispatcher made on a connected socket gets no handle_connect, not even when it writes."""
    a = stage.plain("a")
    a.wants_write = True
    stage.until("a.handle_write")


@scenario
def accept_when_nobody_waits(stage):
    def accepts_twice(listener):
        listener.accept()[0].close()
        listener.say("accepted")
        listener.say("nobody" if listener.accept() is None else "somebody")

    door = stage.listener("door").on("handle_accept", accepts_twice)
    visitor = stage.visitor(door)
    stage.until("door.nobody")
    stage.heard(visitor)


@scenario
def waiting_visitor_is_announced_again(stage):
    door = stage.listener("door").on("handle_accepted", keeps(stage)).once("handle_accept", nothing)
    stage.visitor(door)
    stage.until("door.handle_accepted")
