package io.asyncore.transport.proxy;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** An IPv4 address: four numbers. */
final class Ip4Word implements IpWord {

    private final byte[] bytes = new byte[4];
    private int finished;
    private NumberWord octet = new NumberWord(255);

    @Override
    public boolean take(char next) {
        if (next != '.') {
            return octet.take(next);
        }
        if (!octet.isWhole() || finished == 3) {
            return false;
        }
        bytes[finished++] = (byte) octet.value();
        octet = new NumberWord(255);
        return true;
    }

    @Override
    public boolean isWhole() {
        return finished == 3 && octet.isWhole();
    }

    byte[] bytes() {
        bytes[3] = (byte) octet.value();
        return bytes;
    }

    @Override
    public InetAddress address() {
        return address(bytes());
    }

    static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + bytes.length + " bytes", e);
        }
    }

    @Override
    public String toString() {
        return "an IPv4 address";
    }
}
