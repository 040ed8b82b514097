"""The other end: raw sockets that a scenario moves by hand."""

import os
import shutil
import socket
import struct
import tempfile

BUFFER = 64 * 1024


class Peer:
    """A connected raw socket."""

    def __init__(self, sock):
        self.sock = sock

    def send(self, data):
        self.sock.sendall(data)

    def half_close(self):
        self.sock.shutdown(socket.SHUT_WR)

    def close(self):
        self.sock.close()

    def reset(self):
        """Closes so that the other side sees a reset instead of an end."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()

    def take(self):
        """What has arrived, and the end if that is all: (data, None), (b"", "end") or (b"", "reset")."""
        self.sock.setblocking(False)
        try:
            data = self.sock.recv(1 << 20)
            return data, None if data else "end"
        except BlockingIOError:
            return b"", None
        except ConnectionResetError:
            return b"", "reset"


class Place:
    """An address to listen at: any port of the loopback interface, or a path in a folder of its own."""

    def __init__(self, family):
        self.folder = tempfile.mkdtemp() if family == socket.AF_UNIX else None
        self.address = os.path.join(self.folder, "door") if self.folder else ("127.0.0.1", 0)

    def close(self):
        if self.folder:
            shutil.rmtree(self.folder)


class Door:
    """A raw listening socket for channels that connect."""

    def __init__(self, family=socket.AF_INET):
        self.place = Place(family)
        self.sock = socket.socket(family)
        self.sock.bind(self.place.address)
        self.sock.listen(5)
        self.address = self.sock.getsockname()

    def accept(self):
        return Peer(self.sock.accept()[0])

    def close(self):
        self.sock.close()
        self.place.close()


def connected(listening):
    """A peer connected to a listening socket."""
    sock = socket.socket(listening.family)
    sock.connect(listening.getsockname())
    return Peer(sock)


def tcp_pair():
    """Both ends of a TCP connection. Their buffers keep their size, so that the kernel never takes much at once."""
    door = Door()
    peer = connected(door.sock)
    sock = door.accept().sock
    door.close()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER)
    peer.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
    return sock, peer


def unix_pair():
    """Both ends of a Unix connection: what one end writes is readable at the other at once, without any waiting."""
    sock, other = socket.socketpair()
    return sock, Peer(other)


def much(size):
    """So many bytes that are not all the same."""
    return (bytes(range(251)) * (size // 251 + 1))[:size]
