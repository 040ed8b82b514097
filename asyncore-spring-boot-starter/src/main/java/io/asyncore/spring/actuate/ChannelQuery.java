package io.asyncore.spring.actuate;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/** Which of a server's channels somebody wants to see, and which page of them. */
final class ChannelQuery {

    private static final int DEFAULT_LIMIT = 100;
    private static final int LARGEST_LIMIT = 1000;
    private static final Set<String> STATES =
            new TreeSet<>(Set.of("NEW", "CONNECTING", "LISTENING", "CONNECTED", "CLOSING", "CLOSED"));

    private final int offset;
    private final int limit;
    private final @Nullable String peer;
    private final @Nullable String state;
    private final @Nullable String handler;

    /** What is null is not asked for. */
    ChannelQuery(
            @Nullable Integer offset,
            @Nullable Integer limit,
            @Nullable String peer,
            @Nullable String state,
            @Nullable String handler) {
        this.offset = offset == null ? 0 : offset;
        this.limit = limit == null ? DEFAULT_LIMIT : limit;
        this.peer = peer;
        this.state = state == null ? null : state.toUpperCase(Locale.ROOT);
        this.handler = handler;
        require(this.offset >= 0, "offset must not be negative");
        require(this.limit >= 1 && this.limit <= LARGEST_LIMIT, "limit must be between 1 and " + LARGEST_LIMIT);
        require(this.state == null || STATES.contains(this.state), "state must be one of " + STATES);
    }

    private static void require(boolean held, String rule) {
        if (!held) {
            throw new InvalidEndpointRequestException(rule, rule);
        }
    }

    ChannelsDescriptor of(List<ChannelDescriptor> all) {
        List<ChannelDescriptor> matching = all.stream().filter(this::matches).toList();
        List<ChannelDescriptor> page =
                matching.stream().skip(offset).limit(limit).toList();
        return new ChannelsDescriptor(all.size(), matching.size(), offset, limit, page);
    }

    private boolean matches(ChannelDescriptor channel) {
        return (peer == null || (channel.peer() != null && channel.peer().contains(peer)))
                && (state == null || channel.state().equals(state))
                && (handler == null || isNamed(channel.handler()));
    }

    /** With or without the package and the class around it. */
    private boolean isNamed(String type) {
        return type.equals(handler) || type.endsWith("." + handler) || type.endsWith("$" + handler);
    }
}
