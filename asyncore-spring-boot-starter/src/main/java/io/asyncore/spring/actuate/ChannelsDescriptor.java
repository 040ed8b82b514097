package io.asyncore.spring.actuate;

import java.util.List;

/**
 * One page of a server's channels.
 *
 * @param total how many channels there are
 * @param matched how many of them the filters let through
 * @param offset how many of those are left out before this page
 * @param limit how many a page has at most
 * @param channels this page, by ascending id
 */
public record ChannelsDescriptor(int total, int matched, int offset, int limit, List<ChannelDescriptor> channels) {}
