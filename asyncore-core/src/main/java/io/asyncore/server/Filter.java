package io.asyncore.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

/**
 * Which addresses may connect; a value for any thread. Asked once for each connection, before a handler is made: it looks at
 * each block of a list in turn, a few nanoseconds each, so that lists of thousands cost some ten microseconds.
 *
 * @param allow blocks that may connect; [empty: all]
 * @param deny blocks that may not, even if allowed by the other list; [empty: none]
 */
public record Filter(List<Cidr> allow, List<Cidr> deny) {

    /** Everybody may connect. */
    public static final Filter ALL = new Filter(List.of(), List.of());

    public Filter {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }

    /**
     * The filter of blocks as {@link Cidr#parse} takes them.
     *
     * @throws IllegalArgumentException naming the first that is none
     */
    public static Filter parse(List<String> allow, List<String> deny) {
        return new Filter(blocks("filter.allow", allow), blocks("filter.deny", deny));
    }

    /** Parses the blocks of an option, whose name the error then has. */
    static List<Cidr> blocks(String option, List<String> texts) {
        try {
            return texts.stream().map(Cidr::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
        }
    }

    /** May this peer connect? The peers of a Unix-domain socket always may: file permissions decide there. */
    public boolean admits(SocketAddress peer) {
        if (!(peer instanceof InetSocketAddress internet)) {
            return true;
        }
        InetAddress address = internet.getAddress();
        if (address == null) {
            return false; // a name that nobody resolved
        }
        if (allow.isEmpty() && deny.isEmpty()) {
            return true;
        }
        byte[] bytes = Cidr.bytes(address);
        return !contains(deny, bytes) && (allow.isEmpty() || contains(allow, bytes));
    }

    /** Is the address in one of the blocks? */
    static boolean contains(List<Cidr> blocks, byte[] address) {
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).contains(address)) {
                return true;
            }
        }
        return false;
    }
}
