# echo_server.py
import asyncore
import socket
import sys


class EchoHandler(asyncore.dispatcher):
    def __init__(self, sock):
        super().__init__(sock)
        self.out = b""

    def handle_read(self):
        data = self.recv(1024)
        if data:
            self.out += data
            self.out += b"\nsend %d from server." % len(data)

    def writable(self):
        return len(self.out) > 0

    def handle_write(self):
        sent = self.send(self.out)
        self.out = self.out[sent:]

    def handle_close(self):
        print("close", self.addr)
        self.close()


class EchoServer(asyncore.dispatcher):
    def __init__(self, host, port):
        super().__init__()
        self.create_socket(socket.AF_INET, socket.SOCK_STREAM)
        self.set_reuse_addr()
        self.bind((host, port))
        self.listen(2)

    def handle_accepted(self, sock, addr):
        print("get connect from", addr)
        EchoHandler(sock)


if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 9001
    server = EchoServer("127.0.0.1", port)
    print("listening on port", server.socket.getsockname()[1])
    asyncore.loop()
