"""Clients: connect, refusal, and what a channel is told on the way."""

import socket

from golden.catalogue import scenario
from golden.flaws import AFTER_CLOSE, CONNECT_EARLY, SPINS, TWO_CLOSES
from golden.recorders import Chat, close, nothing


@scenario
def connect(stage):
    door = stage.door()
    a = stage.client("a")
    a.wants_write = True
    a.connect(door.address)
    stage.say("connect_returned")
    stage.until("a.handle_write")


@scenario(differs=CONNECT_EARLY, java="a.handle_connect a.connected(yes) open(a)")
def connect_shows_its_state(stage):
    door = stage.door()
    a = stage.client("a").on("handle_connect", lambda a: a.say("connected(%s)" % ("yes" if a.connected else "no")))
    a.connect(door.address)
    stage.until("a.handle_connect")


@scenario(differs=SPINS, java="a.handle_connect peer.sends a.handle_read a.recv(hello) open(a)")
def connect_with_writable_false(stage):
    door = stage.door()
    a = stage.client("a")
    a.waits_for_connect = False
    a.connect(door.address)
    stage.settle()
    peer = stage.prop(door.accept())
    stage.say("peer.sends")
    peer.send(b"hello")
    stage.until("a.recv(hello)")


@scenario
def connect_and_data_at_once(stage):
    door = stage.door()
    a = stage.client("a")
    a.connect(door.address)
    stage.prop(door.accept()).send(b"hello")
    stage.await_input(a)
    stage.until("a.recv(hello)")


@scenario
def connect_and_end_at_once(stage):
    door = stage.door()
    a = stage.client("a")
    a.connect(door.address)
    door.accept().close()
    stage.await_input(a)
    stage.until("a.handle_close")


@scenario(differs=CONNECT_EARLY, java="connect_returned a.handle_connect open(a)")
def connect_over_unix_socket(stage):
    door = stage.door(socket.AF_UNIX)
    a = stage.client("a", socket.AF_UNIX)
    a.connect(door.address)
    stage.say("connect_returned")
    stage.until("a.handle_connect")


@scenario
def connect_refused(stage):
    a = stage.client("a")
    a.connect(stage.closed_port())
    stage.until("a.handle_close")


@scenario(differs=TWO_CLOSES, java="a.handle_error(refused) a.handle_close open()")
def connect_refused_and_handle_error_keeps(stage):
    a = stage.client("a").on("handle_error", nothing)
    a.connect(stage.closed_port())
    stage.until("a.handle_error(refused)")
    stage.settle()


@scenario(differs=AFTER_CLOSE, java="a.handle_connect open()")
def close_in_handle_connect(stage):
    door = stage.door()
    a = stage.client("a").on("handle_connect", close)
    a.wants_write = True
    a.connect(door.address)
    stage.until("a.handle_connect")


@scenario
def close_while_connecting(stage):
    door = stage.door()
    a = stage.client("a")
    a.connect(door.address)
    a.close()


@scenario
def send_in_handle_connect(stage):
    door = stage.door()
    a = stage.client("a").on("handle_connect", lambda a: a.say("sent(%d)" % a.send(b"hello")))
    a.connect(door.address)
    stage.heard(stage.prop(door.accept()), 5)


@scenario
def push_before_connect(stage):
    door = stage.door()
    a = stage.client("a", kind=Chat)
    a.push(b"hello")
    a.connect(door.address)
    stage.heard(stage.prop(door.accept()), 5)


@scenario
def push_and_close_when_done_before_connect(stage):
    door = stage.door()
    a = stage.client("a", kind=Chat)
    a.connect(door.address)
    a.push(b"hello")
    a.close_when_done()
    a.peer = stage.prop(door.accept())
    stage.farewell(a)


@scenario
def push_and_refused(stage):
    a = stage.client("a", kind=Chat)
    a.connect(stage.closed_port())
    a.push(b"hello")
    stage.until("a.handle_close")
