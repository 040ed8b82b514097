package io.asyncore.transport.proxy;

import io.asyncore.transport.proxy.ProxyHeader.Command;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;

/** Writes headers, as a proxy does, and invents random ones. */
final class Headers {

    static final byte[] SIGNATURE = "\r\n\r\n\0\r\nQUIT\n".getBytes(StandardCharsets.US_ASCII);

    private Headers() {}

    /** A header and its bytes. */
    record Sample(ProxyHeader header, byte[] bytes) {}

    static Sample random(Random random) {
        return random.nextBoolean() ? text(random) : binary(random);
    }

    // ---- version 1 ----

    private static Sample text(Random random) {
        if (random.nextInt(8) == 0) {
            String rest = random.nextBoolean() ? "" : " " + "what ever ".repeat(random.nextInt(9));
            return new Sample(
                    new ProxyHeader(1, Command.PROXY, null, null, List.of()), ascii("PROXY UNKNOWN" + rest + "\r\n"));
        }
        boolean six = random.nextBoolean();
        InetSocketAddress source = internet(random, six ? 16 : 4);
        InetSocketAddress destination = internet(random, six ? 16 : 4);
        String line = (six ? "PROXY TCP6 " : "PROXY TCP4 ")
                + source.getAddress().getHostAddress() + " "
                + destination.getAddress().getHostAddress() + " "
                + source.getPort() + " "
                + destination.getPort() + "\r\n";
        return new Sample(new ProxyHeader(1, Command.PROXY, source, destination, List.of()), ascii(line));
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    // ---- version 2 ----

    private static Sample binary(Random random) {
        int kind = random.nextInt(5);
        List<Tlv> tlvs = kind == 0 ? List.of() : tlvs(random);
        return switch (kind) {
            case 0 -> {
                byte[] ignored = new byte[random.nextInt(50)];
                random.nextBytes(ignored);
                boolean local = random.nextBoolean();
                Command command = local ? Command.LOCAL : Command.PROXY;
                yield new Sample(
                        new ProxyHeader(2, command, null, null, List.of()),
                        fixed(local ? 0x20 : 0x21, local ? random.nextInt(256) : 0x00, ignored));
            }
            case 1 ->
                of(UnixDomainSocketAddress.of("/run/a"), UnixDomainSocketAddress.of(""), tlvs, random.nextBoolean());
            case 2 -> of(internet(random, 16), internet(random, 16), tlvs, random.nextBoolean());
            default -> of(internet(random, 4), internet(random, 4), tlvs, random.nextBoolean());
        };
    }

    private static InetSocketAddress internet(Random random, int length) {
        byte[] address = new byte[length];
        random.nextBytes(address);
        if (length == 16 && random.nextBoolean()) {
            Arrays.fill(address, random.nextInt(8), 8 + random.nextInt(8), (byte) 0);
        }
        address[0] = (byte) (random.nextInt(255) + 1);
        return new InetSocketAddress(address(address), random.nextInt(65_536));
    }

    static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Tlv> tlvs(Random random) {
        List<Tlv> tlvs = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            int type = random.nextInt(256);
            byte[] value = new byte[random.nextInt(40)];
            random.nextBytes(value);
            tlvs.add(
                    type == Tlv.CRC32C || type == Tlv.NOOP || type == Tlv.SSL
                            ? new Tlv(0xE0, value)
                            : new Tlv(type, value));
        }
        if (random.nextInt(4) == 0) {
            tlvs.add(tls(random.nextInt(8), random.nextInt(2), List.of(new Tlv(0x21, ascii("TLSv1.3")))));
        }
        return tlvs;
    }

    /** A header of version 2; the checksum is the last of the header's values then. */
    static Sample of(SocketAddress source, SocketAddress destination, List<Tlv> tlvs, boolean checksum) {
        byte[] block = concat(
                addresses(source, destination),
                tlvs(tlvs),
                checksum ? tlv(new Tlv(Tlv.CRC32C, new byte[4])) : new byte[0]);
        byte[] bytes = fixed(0x21, family(source), block);
        List<Tlv> expected = new ArrayList<>(tlvs);
        if (checksum) {
            CRC32C crc = new CRC32C();
            crc.update(bytes);
            ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) crc.getValue());
            expected.add(new Tlv(Tlv.CRC32C, Arrays.copyOfRange(bytes, bytes.length - 4, bytes.length)));
        }
        expected.removeIf(each -> each.type() == Tlv.NOOP);
        return new Sample(new ProxyHeader(2, Command.PROXY, source, destination, expected), bytes);
    }

    static byte[] fixed(int versionAndCommand, int family, byte[] block) {
        return ByteBuffer.allocate(16 + block.length)
                .put(SIGNATURE)
                .put((byte) versionAndCommand)
                .put((byte) family)
                .putShort((short) block.length)
                .put(block)
                .array();
    }

    private static int family(SocketAddress address) {
        return address instanceof InetSocketAddress internet
                ? internet.getAddress().getAddress().length == 4 ? 0x11 : 0x21
                : 0x31;
    }

    private static byte[] addresses(SocketAddress source, SocketAddress destination) {
        if (source instanceof InetSocketAddress from && destination instanceof InetSocketAddress to) {
            ByteBuffer ports =
                    ByteBuffer.allocate(4).putShort((short) from.getPort()).putShort((short) to.getPort());
            return concat(from.getAddress().getAddress(), to.getAddress().getAddress(), ports.array());
        }
        return concat(Arrays.copyOf(ascii(source.toString()), 108), Arrays.copyOf(ascii(destination.toString()), 108));
    }

    static Tlv tls(int client, int verify, List<Tlv> details) {
        byte[] fixed = ByteBuffer.allocate(5).put((byte) client).putInt(verify).array();
        return new Tlv(Tlv.SSL, concat(fixed, tlvs(details)));
    }

    static byte[] tlvs(List<Tlv> tlvs) {
        return concat(tlvs.stream().map(Headers::tlv).toArray(byte[][]::new));
    }

    private static byte[] tlv(Tlv tlv) {
        return ByteBuffer.allocate(3 + tlv.length())
                .put((byte) tlv.type())
                .putShort((short) tlv.length())
                .put(tlv.value())
                .array();
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
