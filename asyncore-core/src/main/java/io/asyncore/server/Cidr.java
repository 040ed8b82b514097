package io.asyncore.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A block of addresses, as {@code 10.0.0.0/8}, {@code 2001:db8::/32} or a single address; a value for any thread.
 *
 * <p>An IPv4 client of an IPv6 socket is an IPv4 address here, as everywhere in Java: {@code ::ffff:10.0.0.0/104} is
 * {@code 10.0.0.0/8}. No other IPv6 block contains an IPv4 address, not even {@code ::/0}.
 */
public final class Cidr {

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern OCTETS = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern HEXTETS = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
    private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xFF, (byte) 0xFF};
    private static final int MAPPED_BITS = MAPPED.length * 8;
    private static final int LONGEST = 64;

    private final byte[] network;
    private final int prefix;

    private Cidr(byte[] network, int prefix) {
        this.network = network;
        this.prefix = prefix;
    }

    /**
     * Parses a block. Never asks the name service.
     *
     * @param text an address in its usual form, and perhaps a slash and the number of bits that count
     * @throws IllegalArgumentException if it is a host name, or no block; a block whose address has bits behind its prefix
     *     is refused with the block that was probably meant
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        byte[] address = literalAddress(text, literal);
        boolean mapped = address.length == 4 && literal.indexOf(':') >= 0;
        int offset = mapped ? MAPPED_BITS : 0;
        int bits = address.length * 8 + offset;
        int prefix = slash < 0 ? bits : prefix(text, text.substring(slash + 1), bits);
        if (prefix < offset) {
            throw refused(
                    text, "covers more than the IPv4 addresses (::ffff:0:0/96); write the IPv4 and the IPv6 block");
        }
        return networkOf(text, address, prefix - offset);
    }

    private static Cidr networkOf(String text, byte[] address, int prefix) {
        byte[] network = masked(address, prefix);
        Cidr block = new Cidr(network, prefix);
        if (!Arrays.equals(network, address)) {
            throw refused(text, "has bits set behind its prefix; write " + block);
        }
        return block;
    }

    private static byte[] literalAddress(String text, String literal) {
        if (!OCTETS.matcher(literal).matches() && !HEXTETS.matcher(literal).matches()) {
            throw noAddress(text);
        }
        try {
            return InetAddress.getByName(literal).getAddress(); // of such a literal, nobody is asked
        } catch (UnknownHostException e) {
            throw noAddress(text);
        }
    }

    private static IllegalArgumentException noAddress(String text) {
        return refused(text, "has no address; write it in numbers, as 10.0.0.0/8, 2001:db8::/32 or 192.0.2.1");
    }

    private static int prefix(String text, String digits, int bits) {
        if (!PREFIX.matcher(digits).matches() || Integer.parseInt(digits) > bits) {
            throw refused(text, "needs a number of bits from 0 to " + bits + " behind the slash");
        }
        return Integer.parseInt(digits);
    }

    private static IllegalArgumentException refused(String text, String why) {
        String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        return new IllegalArgumentException("the address block '" + shown + "' " + why);
    }

    private static byte[] masked(byte[] address, int prefix) {
        byte[] network = new byte[address.length];
        System.arraycopy(address, 0, network, 0, prefix / 8);
        if (prefix % 8 != 0) {
            network[prefix / 8] = (byte) (address[prefix / 8] & mask(prefix));
        }
        return network;
    }

    /** The bits of the byte in which the prefix ends. */
    private static int mask(int prefix) {
        return 0xFF << (8 - prefix % 8);
    }

    /** Is the address in this block? */
    public boolean contains(InetAddress address) {
        return contains(bytes(address));
    }

    /** What to give to {@link #contains(byte[])}: a mapped IPv4 address can be made to stay an IPv6 one. */
    static byte[] bytes(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean mapped = bytes.length == 16 && Arrays.mismatch(bytes, MAPPED) == MAPPED.length;
        return mapped ? Arrays.copyOfRange(bytes, MAPPED.length, 16) : bytes;
    }

    /** The same without a copy for each of many blocks. */
    boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        int whole = prefix / 8;
        for (int i = 0; i < whole; i++) {
            if (address[i] != network[i]) {
                return false;
            }
        }
        return prefix % 8 == 0 || ((address[whole] ^ network[whole]) & mask(prefix)) == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cidr block && prefix == block.prefix && Arrays.equals(network, block.network);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + prefix;
    }

    /** In the form that {@link #parse} takes, always with its prefix. */
    @Override
    public String toString() {
        return literal(network) + "/" + prefix;
    }

    private static String literal(byte[] address) {
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + address.length + " bytes", e);
        }
    }
}
