"""One turn with several channels: who is called in which order, in poll (reads, writes) and poll2 (by channel)."""

import os
import socket

from golden import peers
from golden.catalogue import scenario
from golden.flaws import AFTER_CLOSE, TWO_CLOSES
from golden.recorders import Plain, close, nothing, reads_and


def trio(stage):
    return [stage.plain(name, peers.unix_pair) for name in "abc"]


@scenario
def three_ready_to_read(stage):
    """Served in the order of their making, whoever was ready first."""
    channels = trio(stage)
    for channel in reversed(channels):
        channel.peer.send(b"hello")
    stage.turn()


@scenario
def three_ready_to_read_and_write(stage):
    for channel in trio(stage):
        channel.wants_write = True
        channel.peer.send(b"hello")
    stage.turn()


@scenario
def one_reads_while_another_writes(stage):
    a, b, c = trio(stage)
    a.wants_write = True
    b.peer.send(b"hello")
    c.wants_write = True
    stage.turn()


@scenario(
    differs=TWO_CLOSES,
    java={
        "poll2": "a.handle_read a.recv(hello) b.handle_read b.handle_close c.handle_read c.recv(hello) open(a,c)",
    },
)
def end_and_data_in_one_turn(stage):
    a, b, c = trio(stage)
    c.peer.send(b"hello")
    b.peer.close()
    a.peer.send(b"hello")
    stage.turn()


@scenario
def accepted_channel_is_served_in_the_next_turn(stage):
    def accepted(_, sock):
        Plain(stage, "s", sock)

    door = stage.listener("door", socket.AF_UNIX).on("handle_accepted", accepted)
    b = stage.plain("b", peers.unix_pair)
    stage.visitor(door).send(b"hello")
    b.peer.send(b"hello")
    stage.turn()
    stage.say("next_turn")
    stage.turn()


@scenario
def channel_made_in_a_turn(stage):
    a = stage.plain("a", peers.unix_pair)

    def makes(_):
        b = stage.plain("b", peers.unix_pair)
        b.peer.send(b"def")

    a.on("handle_read", reads_and(makes))
    a.peer.send(b"abc")
    stage.turn()
    stage.say("next_turn")
    stage.turn()


@scenario(differs=AFTER_CLOSE, java="a.handle_read a.recv(abc) open(a,c)")
def descriptor_used_again_in_a_turn(stage):
    """a closes b, whose input is ready, and makes c: on b's descriptor, for which asyncore then calls c."""
    a = stage.plain("a", peers.unix_pair)
    b = stage.plain("b", peers.unix_pair)

    def replaces(_):
        sock, peer = peers.unix_pair()
        stage.prop(peer)
        descriptor = b.socket.fileno()
        b.close()
        os.dup2(sock.fileno(), descriptor)
        sock.close()
        Plain(stage, "c", socket.socket(fileno=descriptor)).on("handle_error", nothing)

    a.on("handle_read", reads_and(replaces))
    a.peer.send(b"abc")
    b.peer.send(b"def")
    stage.turn()


@scenario
def not_readable(stage):
    a = stage.plain("a")
    a.wants_read = False
    a.peer.send(b"abc")
    stage.settle()
    stage.say("readable_again")
    a.wants_read = True
    stage.until("a.recv(abc)")


@scenario
def not_readable_after_first_read(stage):
    def stops(a):
        a.wants_read = False

    a = stage.plain("a", peers.unix_pair).on("handle_read", reads_and(stops))
    a.peer.send(b"abc")
    stage.turn()
    a.peer.send(b"def")
    stage.settle()
    stage.say("readable_again")
    a.wants_read = True
    stage.turn()


@scenario
def read_in_small_steps(stage):
    a = stage.plain("a", peers.unix_pair).on("handle_read", lambda a: a.take(2))
    a.peer.send(b"abcde")
    for _ in range(3):
        stage.turn()


@scenario
def loop_ends_with_the_last_channel(stage):
    for name in "ab":
        channel = stage.plain(name, peers.unix_pair).on("handle_read", reads_and(close))
        channel.peer.send(b"abc")
    stage.loop()
    stage.say("loop_returned")


@scenario
def loop_counts_its_turns(stage):
    a = stage.plain("a", peers.unix_pair).on("handle_read", lambda a: a.take(1))
    a.peer.send(b"abcde")
    stage.loop(3)
    stage.say("loop_returned")
    stage.loop(2)


@scenario
def loop_of_an_empty_map(stage):
    stage.loop()
    stage.say("loop_returned")


@scenario
def close_all(stage):
    """Closes without a callback, ready or not."""
    a, _, _ = trio(stage)
    a.peer.send(b"abc")
    stage.close_all()
    stage.say("closed")


@scenario(differs=AFTER_CLOSE, java={"poll2": "a.handle_read a.recv(abc) open()"})
def close_all_in_a_callback(stage):
    a, b, _ = trio(stage)
    a.on("handle_read", reads_and(lambda _: stage.close_all()))
    for channel in (a, b):
        channel.peer.send(b"abc")
        channel.wants_write = True
    stage.turn()


@scenario
def unread_input_is_announced_again(stage):
    a = stage.plain("a").once("handle_read", nothing)
    a.peer.send(b"abc")
    stage.until("a.recv(abc)")


@scenario
def writable_channel_is_called_each_turn(stage):
    a = stage.plain("a", peers.unix_pair).on("handle_write", nothing)
    a.wants_write = True
    stage.loop(3)
    a.wants_write = False


@scenario
def channel_taken_out_of_the_map(stage):
    a = stage.plain("a")
    a.peer.send(b"abc")
    stage.await_input(a)
    a.del_channel()
    stage.settle()
    a.close()
