"""Where one scenario is played: its map, its loop, its trace and its helpers."""

import asyncore
import select
import socket
import time

from golden import peers
from golden.recorders import Bare, Chat, Plain, Queueing, Spam, shown

ORDERS = {"poll": asyncore.poll, "poll2": asyncore.poll2}


class Stage:
    def __init__(self, order):
        self.order = order
        self.map = {}
        self.trace = []
        self.ignored = set()
        self.props = []
        self.deadline = time.monotonic() + 20

    # -- who plays

    def plain(self, name, pair=peers.tcp_pair):
        return self._connected(Plain, name, pair)

    def bare(self, name, pair=peers.tcp_pair):
        return self._connected(Bare, name, pair)

    def queueing(self, name, pair=peers.tcp_pair):
        return self._connected(Queueing, name, pair)

    def chat(self, name, pair=peers.tcp_pair):
        return self._connected(Chat, name, pair)

    def client(self, name, family=socket.AF_INET, kind=Plain):
        channel = kind(self, name)
        channel.create_socket(family, socket.SOCK_STREAM)
        return channel

    def listener(self, name, family=socket.AF_INET):
        channel = Plain(self, name)
        channel.create_socket(family, socket.SOCK_STREAM)
        channel.bind(self.prop(peers.Place(family)).address)
        channel.listen(5)
        return channel

    def door(self, family=socket.AF_INET):
        """A raw listening socket."""
        return self.prop(peers.Door(family))

    def visitor(self, listener):
        """A raw client of a listener."""
        return self.prop(peers.connected(listener.socket))

    def closed_port(self):
        """An address at which nobody listens, as it is taken by a socket that does not."""
        taken = self.prop(socket.socket())
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()

    def prop(self, closeable):
        """Something that the scenario's end closes."""
        self.props.append(closeable)
        return closeable

    def _connected(self, kind, name, pair):
        sock, peer = pair()
        channel = kind(self, name, sock)
        channel.peer = self.prop(peer)
        return channel

    # -- what happens

    def say(self, event):
        if event not in self.ignored:
            self.trace.append(event)

    def ignore(self, event):
        """From now on the event is no part of the trace, as nobody can know how often it happens."""
        self.ignored.add(event)

    def turn(self, timeout=1.0):
        """One turn of the loop; what leaves the loop becomes part of the trace."""
        try:
            self.nested(timeout)
        except asyncore.ExitNow:
            self.say("loop.ExitNow")
        except Spam as error:
            self.say("loop.raised(%s)" % error)

    def nested(self, timeout=0.0):
        """One turn within a callback: what leaves it stays an exception."""
        ORDERS[self.order](timeout, self.map)

    def loop(self, count=None):
        asyncore.loop(1.0, self.order == "poll2", self.map, count)

    def close_all(self):
        asyncore.close_all(self.map, ignore_all=True)

    def until(self, event, times=1):
        """Turns until the trace holds the event so many times."""
        while self.trace.count(event) < times:
            self._in_time("no " + event)
            self.turn(0.05)

    def await_input(self, channel):
        """Waits, without a turn, until the kernel has input or an end for the channel."""
        assert select.select([channel.socket], [], [], 10)[0], "no input"

    def heard(self, peer, size=None, whole=None):
        """Turns until the peer has received so many bytes, or without a size until the end of its input.

        Of much data the trace says whether they are the whole."""
        data, end = bytearray(), None
        while end is None and (size is None or len(data) < size):
            self._in_time("peer heard only %d bytes" % len(data))
            some, end = peer.take()
            data += some
            if not some and not end:
                self.turn(0.01)
        if data:
            self.say("peer.heard(%s)" % (shown(data) if whole is None else "all" if data == whole else "a_part"))
        if end:
            self.say("peer." + end)

    def farewell(self, channel, whole=None):
        """Turns until the peer has heard all and seen the end, and the channel was told so."""
        said = len(self.trace)
        self.heard(channel.peer, whole=whole)
        heard = [event for event in self.trace[said:] if event.startswith("peer.")]
        self.trace[said:] = [event for event in self.trace[said:] if event not in heard]
        channel.peer.close()
        self.until(channel.name + ".handle_close")
        self.trace.extend(heard)

    def settle(self):
        """Some more turns, in which nothing should happen."""
        for _ in range(3):
            self.turn(0.005)

    def finish(self):
        """Ends the scenario with the names of the channels that are still open."""
        self.settle()
        self.say("open(%s)" % ",".join(channel.name for channel in self.map.values()))
        self.close_all()
        for prop in self.props:
            prop.close()

    def _in_time(self, complaint):
        if time.monotonic() > self.deadline:
            raise AssertionError("%s in %s" % (complaint, self.trace))
