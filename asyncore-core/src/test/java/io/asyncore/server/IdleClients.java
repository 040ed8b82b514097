package io.asyncore.server;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A program of connections that have spoken once: for each number in a line of its input it makes so many more, and keeps
 * them until its input ends. On its own it keeps what clients need out of what a server needs.
 */
final class IdleClients {

    private static final byte[] HELLO = "hello\r\n".getBytes(StandardCharsets.US_ASCII);

    private IdleClients() {}

    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(args[0]);
        List<Socket> clients = new ArrayList<>();
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            for (int more = Integer.parseInt(line); more > 0; more--) {
                clients.add(connected(port));
            }
            System.out.println("connected " + clients.size());
        }
    }

    private static Socket connected(int port) throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
        client.getOutputStream().write(HELLO);
        if (!Arrays.equals(client.getInputStream().readNBytes(HELLO.length), HELLO)) {
            throw new EOFException("no echo");
        }
        return client;
    }
}
