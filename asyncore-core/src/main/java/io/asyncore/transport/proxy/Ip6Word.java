package io.asyncore.transport.proxy;

import java.net.InetAddress;

/**
 * An IPv6 address: eight groups of up to four hexadecimal digits, of which zeros may once be written {@code ::}. The last two
 * may be written as an IPv4 address: so HAProxy shows the IPv4 client of an IPv6 socket, although its specification does not
 * mention it.
 */
final class Ip6Word implements IpWord {

    private static final int GROUPS = 8;

    private final byte[] bytes = new byte[2 * GROUPS];
    private int finished;
    private int gap = -1;
    private boolean afterColon;

    // the group under way, which may turn out to be the first number of an IPv4 address
    private int digits;
    private int value;
    private Ip4Word dotted = new Ip4Word();
    private boolean dottedFits;
    private boolean isDotted;

    @Override
    public boolean take(char next) {
        if (isDotted) {
            return dotted.take(next);
        }
        return switch (next) {
            case ':' -> takeColon();
            case '.' -> takeDot();
            default -> takeDigit(next);
        };
    }

    private boolean takeDigit(char next) {
        int digit = next < 128 ? Character.digit(next, 16) : -1;
        boolean leadingColon = afterColon && finished == 0;
        if (digit < 0 || digits == 4 || finished == mostGroups() || leadingColon) {
            return false;
        }
        if (digits == 0) {
            dotted = new Ip4Word();
            dottedFits = true;
        }
        dottedFits = dottedFits && dotted.take(next);
        value = value * 16 + digit;
        digits++;
        afterColon = false;
        return true;
    }

    private boolean takeColon() {
        if (digits > 0) {
            return finishGroup();
        }
        if (afterColon && gap < 0) {
            gap = finished;
            afterColon = false;
            return true;
        }
        boolean atStart = finished == 0 && gap < 0 && !afterColon;
        afterColon = true;
        return atStart;
    }

    private boolean finishGroup() {
        if (finished + 1 == mostGroups()) {
            return false;
        }
        store(value >> 8, value);
        digits = 0;
        value = 0;
        afterColon = true;
        return true;
    }

    private boolean takeDot() {
        boolean room = gap < 0 ? finished == GROUPS - 2 : finished + 2 <= mostGroups();
        isDotted = digits > 0 && room && dottedFits && dotted.take('.');
        return isDotted;
    }

    /** A gap stands for at least one group. */
    private int mostGroups() {
        return gap < 0 ? GROUPS : GROUPS - 1;
    }

    private void store(int high, int low) {
        bytes[2 * finished] = (byte) high;
        bytes[2 * finished + 1] = (byte) low;
        finished++;
    }

    @Override
    public boolean isWhole() {
        if (isDotted) {
            return dotted.isWhole();
        }
        return gap < 0 ? finished == GROUPS - 1 && digits > 0 : !afterColon;
    }

    /** An address that maps an IPv4 one is that one. */
    @Override
    public InetAddress address() {
        if (isDotted) {
            byte[] tail = dotted.bytes();
            store(tail[0], tail[1]);
            store(tail[2], tail[3]);
        } else if (digits > 0) {
            store(value >> 8, value);
        }
        return Ip4Word.address(gap < 0 ? bytes : widened());
    }

    /** The groups behind the gap moved to the end. */
    private byte[] widened() {
        byte[] wide = new byte[bytes.length];
        int behind = 2 * (finished - gap);
        System.arraycopy(bytes, 0, wide, 0, 2 * gap);
        System.arraycopy(bytes, 2 * gap, wide, wide.length - behind, behind);
        return wide;
    }

    @Override
    public String toString() {
        return "an IPv6 address";
    }
}
