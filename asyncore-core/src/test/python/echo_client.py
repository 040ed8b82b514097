# echo_client.py
import asyncore
import re
import socket
import sys

REPORT = re.compile(rb"\nsend (\d+) from server\.")


class EchoClient(asyncore.dispatcher):
    def __init__(self, addr, data, map):
        super().__init__(map=map)
        self.data = data
        self.rest = data
        self.received = b""
        self.create_socket(socket.AF_INET, socket.SOCK_STREAM)
        self.connect(addr)

    def handle_connect(self):
        print("connected to", self.addr)

    def writable(self):
        return len(self.rest) > 0

    def handle_write(self):
        sent = self.send(self.rest)
        print("send %d data." % sent)
        self.rest = self.rest[sent:]

    def handle_read(self):
        self.received += self.recv(8192)
        reported = sum(int(n) for n in REPORT.findall(self.received))
        if reported == len(self.data):
            self.handle_close()

    def handle_close(self):
        echo = REPORT.sub(b"", self.received)
        verdict = "same" if echo == self.data else "different"
        print("echo of %d bytes: %s" % (len(self.data), verdict))
        self.close()


if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 9001
    texts = sys.argv[2:] or ["abcdefg", "hijklmn"]
    channels = {}
    for text in texts:
        EchoClient(("127.0.0.1", port), text.encode(), channels)
    asyncore.loop(timeout=0.5, use_poll=True, map=channels)
