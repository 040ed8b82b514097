package io.asyncore.transport.tls;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The first message of a client, looked at for the name of the host that it wants. Nothing is judged here but whether these
 * are TLS records at all: whatever else is wrong with the message, the engine will find.
 */
final class ClientHello {

    private static final ClientHello UNDECIDED = new ClientHello(false, null);
    private static final ClientHello NO_HOST = new ClientHello(true, null);

    /** Longer ones are given to an engine without a name. */
    private static final int LONGEST = 16 * 1024;

    /** A message cut into more bytes of records than this is not waited for. */
    private static final int TOO_MANY_RECORDS = 2 * LONGEST;

    private static final int MESSAGE_HEADER = 4;
    private static final int CLIENT_HELLO = 1;
    private static final int VERSION_AND_RANDOM = 34;
    private static final int SERVER_NAME = 0;
    private static final int HOST_NAME = 0;
    private static final int LONGEST_NAME = 255;

    private final boolean decided;
    private final @Nullable String host;

    private ClientHello(boolean decided, @Nullable String host) {
        this.decided = decided;
        this.host = host;
    }

    /** Is the message there as a whole, or will it never be? */
    boolean isDecided() {
        return decided;
    }

    /** In lower case; null if the client named none. */
    @Nullable String host() {
        return host;
    }

    /**
     * Looks at what has come so far and takes nothing of it.
     *
     * @throws SSLException if this is no TLS
     */
    static ClientHello in(ByteBuffer received) throws SSLException {
        ByteBuffer message = ByteBuffer.allocate(Math.min(LONGEST, received.remaining()));
        ByteBuffer records = received.duplicate();
        while (Records.length(records, true) > 0) {
            int length = Records.length(records, true);
            if (Records.type(records) != Records.HANDSHAKE) {
                return NO_HOST;
            }
            int end = records.position() + length;
            int there = Math.min(end, records.limit());
            int part = Math.min(there - records.position() - Records.HEADER, message.remaining());
            message.put(message.position(), records, records.position() + Records.HEADER, part)
                    .position(message.position() + part);
            records.position(there);
            if (there < end) {
                break;
            }
        }
        ClientHello hello = inMessage(message);
        return hello.decided || received.remaining() < TOO_MANY_RECORDS ? hello : NO_HOST;
    }

    private static ClientHello inMessage(ByteBuffer collected) {
        ByteBuffer message = collected.flip();
        if (message.remaining() < MESSAGE_HEADER) {
            return UNDECIDED;
        }
        int header = message.getInt();
        int length = header & 0xFFFFFF;
        if (header >>> 24 != CLIENT_HELLO || length > LONGEST - MESSAGE_HEADER) {
            return NO_HOST;
        }
        if (message.remaining() < length) {
            return UNDECIDED;
        }
        try {
            return new ClientHello(true, hostIn(message.limit(MESSAGE_HEADER + length)));
        } catch (BufferUnderflowException | IllegalArgumentException malformed) {
            return NO_HOST;
        }
    }

    private static @Nullable String hostIn(ByteBuffer hello) {
        skip(hello, VERSION_AND_RANDOM);
        skip(hello, hello.get() & 0xFF); // session id
        skip(hello, hello.getShort() & 0xFFFF); // cipher suites
        skip(hello, hello.get() & 0xFF); // compression methods
        if (!hello.hasRemaining()) {
            return null;
        }
        ByteBuffer extensions = block(hello);
        while (extensions.hasRemaining()) {
            int type = extensions.getShort() & 0xFFFF;
            ByteBuffer body = block(extensions);
            if (type == SERVER_NAME) {
                return nameIn(block(body));
            }
        }
        return null;
    }

    private static @Nullable String nameIn(ByteBuffer list) {
        while (list.hasRemaining()) {
            int type = list.get();
            ByteBuffer name = block(list);
            if (type == HOST_NAME && name.hasRemaining() && name.remaining() <= LONGEST_NAME) {
                return StandardCharsets.US_ASCII.decode(name).toString().toLowerCase(Locale.ROOT);
            }
        }
        return null;
    }

    private static void skip(ByteBuffer bytes, int count) {
        bytes.position(bytes.position() + count);
    }

    /** Bytes with two bytes of length before them. */
    private static ByteBuffer block(ByteBuffer from) {
        int length = from.getShort() & 0xFFFF;
        ByteBuffer body = from.slice(from.position(), checked(length, from));
        skip(from, length);
        return body;
    }

    private static int checked(int length, ByteBuffer from) {
        if (length > from.remaining()) {
            throw new BufferUnderflowException();
        }
        return length;
    }
}
