"""Channels that say which callback ran with what, and then do what the scenario asked for."""

import asynchat
import asyncore
import sys


class Spam(Exception):
    """What a scenario throws."""


def spam(*_):
    raise Spam("spam")


def exit_now(*_):
    raise asyncore.ExitNow()


def close(channel, *_):
    channel.close()


def nothing(*_):
    pass


def reads_and(action):
    """A hook for handle_read: reads, and then does something."""

    def hook(channel):
        channel.take()
        action(channel)

    return hook


def shown(data):
    """Short data as text, long data as their size."""
    if len(data) > 40:
        return "%d_bytes" % len(data)
    return bytes(data).decode("ascii").replace("\r", "\\r").replace("\n", "\\n")


def reason(error):
    if isinstance(error, ConnectionRefusedError):
        return "refused"
    if isinstance(error, BlockingIOError):
        return "would_block"
    return "io_error" if isinstance(error, OSError) else str(error)


class Recording:
    """Mixed into a class of asyncore: each callback is recorded, then played by its hook or by the default."""

    peer = None

    def __init__(self, stage, name, sock=None):
        self.stage, self.name = stage, name
        self.always, self.first = {}, {}
        super().__init__(sock, stage.map)

    def on(self, callback, hook):
        """From now on the hook stands for the body of the callback."""
        self.always[callback] = hook
        return self

    def once(self, callback, hook):
        """The hook stands for the body of the next call only."""
        self.first[callback] = hook
        return self

    def say(self, event):
        self.stage.say(self.name + "." + event)

    def play(self, callback, default, *arguments, detail=""):
        self.say(callback + detail)
        hook = self.first.pop(callback, None) or self.always.get(callback, default)
        hook(self, *arguments)

    def take(self, size=64):
        """Reads once and says what was there, if anything was."""
        data = self.recv(size)
        if data:
            self.say("recv(%s)" % shown(data))
        return data

    def handle_connect(self):
        self.play("handle_connect", nothing)

    def handle_close(self):
        self.play("handle_close", lambda _: super(Recording, self).handle_close())

    def handle_error(self):
        detail = "(%s)" % reason(sys.exc_info()[1])
        self.play("handle_error", lambda _: super(Recording, self).handle_error(), detail=detail)

    def log_info(self, message, type="info"):
        """The default handlers log; a trace does not show it."""


class Plain(Recording, asyncore.dispatcher):
    """A plain dispatcher. It says handle_write only while it wants to write, as asyncore calls it unasked, too."""

    wants_read = True
    wants_write = False
    waits_for_connect = True

    def readable(self):
        return self.wants_read

    def writable(self):
        return self.wants_write or (self.connecting and self.waits_for_connect)

    def handle_read(self):
        self.play("handle_read", lambda _: self.take())

    def handle_write(self):
        if self.wants_write:
            self.play("handle_write", Plain.wrote)

    def wrote(self):
        self.wants_write = False

    def handle_accept(self):
        self.play("handle_accept", lambda _: asyncore.dispatcher.handle_accept(self))

    def handle_accepted(self, sock, addr):
        self.play("handle_accepted", lambda *_: asyncore.dispatcher.handle_accepted(self, sock, addr), sock)


class Bare(Recording, asyncore.dispatcher):
    """A dispatcher that leaves reading to asyncore's default."""

    def writable(self):
        return False


class Queueing(Recording, asyncore.dispatcher_with_send):
    """A dispatcher_with_send. When its queue is written is its own business: handle_write is not recorded."""

    def handle_read(self):
        self.play("handle_read", lambda _: self.take())


class Chat(Recording, asynchat.async_chat):
    """An async_chat whose lines end with a line feed unless the scenario says otherwise."""

    def __init__(self, stage, name, sock=None):
        super().__init__(stage, name, sock)
        self.set_terminator(b"\n")

    def collect_incoming_data(self, data):
        detail = "(%s)" % shown(data)
        self.play("collect_incoming_data", Chat._collect_incoming_data, data, detail=detail)

    def found_terminator(self):
        self.play("found_terminator", nothing)
