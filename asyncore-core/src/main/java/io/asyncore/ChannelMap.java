package io.asyncore;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channels that one loop serves, by id. Python's {@code asyncore.socket_map} or any dict given as {@code map}.
 *
 * <p>A map owns one {@link EventLoop}. While no thread runs that loop, any thread may use the map and its channels; then
 * only the thread that runs it, except for {@link #size()}, {@link #isEmpty()}, {@link #get} and {@link #channels()},
 * which any thread may call at any time.
 */
public final class ChannelMap {

    private static final Logger log = LoggerFactory.getLogger(ChannelMap.class);
    private static final ChannelMap GLOBAL = new ChannelMap();
    private static final ThreadLocal<@Nullable ChannelMap> CURRENT = new ThreadLocal<>();

    private final ChannelTable channels = new ChannelTable();
    private volatile @Nullable EventLoop loop;
    private boolean warned;

    /** An empty map. */
    public ChannelMap() {}

    /** The map that everything joins which is not told otherwise. Python's {@code asyncore.socket_map}. */
    public static ChannelMap global() {
        return GLOBAL;
    }

    /** Where a new dispatcher goes: the map of the loop that runs on this thread, else the global one. */
    public static ChannelMap current() {
        ChannelMap map = CURRENT.get();
        return map == null ? GLOBAL : map;
    }

    /** Makes this the current map of the thread; returns the one it takes the place of. */
    @Nullable ChannelMap enter() {
        ChannelMap outer = CURRENT.get();
        CURRENT.set(this);
        return outer;
    }

    static void leave(@Nullable ChannelMap outer) {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }

    /** The loop that serves this map. Any thread. */
    public EventLoop loop() {
        EventLoop known = loop;
        return known != null ? known : makeLoop();
    }

    private synchronized EventLoop makeLoop() {
        EventLoop known = loop;
        return known != null ? known : new EventLoop(this);
    }

    /** A new loop introduces itself: there is only one to a map. */
    synchronized void setLoop(EventLoop made) {
        if (loop != null) {
            throw new IllegalStateException("this map has its loop already: use ChannelMap.loop()");
        }
        loop = made;
    }

    /** How many channels there are. Any thread. */
    public int size() {
        return channels.size();
    }

    /** True when there is no channel. Any thread. */
    public boolean isEmpty() {
        return channels.size() == 0;
    }

    /** The channel with this {@link Dispatcher#id() id}, or null. Any thread. */
    public @Nullable Dispatcher get(long id) {
        return channels.get(id);
    }

    /** A snapshot of the channels by ascending id. Any thread. */
    public List<Dispatcher> channels() {
        return Collections.unmodifiableList(channels.sorted());
    }

    /**
     * Adds a channel, removing it from the map it was in. Python's {@code add_channel}.
     *
     * @throws IllegalStateException if another thread runs the loop of one of the two maps, or the channel is closed
     */
    public void add(Dispatcher channel) {
        loop().ownership.check();
        if (channel.isClosed()) {
            throw new IllegalStateException(
                    channel + " joins no map any more: make a new dispatcher for each connection");
        }
        if (channels.get(channel.id()) == channel) {
            return;
        }
        channel.leaveMap();
        warnIfNobodyPolls(channel);
        channels.add(channel);
        channel.joined(this);
    }

    /** Removes a channel without closing it. Python's {@code del_channel}. */
    public void remove(Dispatcher channel) {
        loop().ownership.check();
        if (channels.get(channel.id()) == channel) {
            channel.leaveMap();
        }
    }

    /** The channel that holds the most bytes, but none that has come to its end; null if none holds any. */
    @Nullable Dispatcher largest() {
        Dispatcher largest = null;
        for (Dispatcher channel : channels.sorted()) {
            if (!channel.isEnding() && channel.heldBytes() > (largest == null ? 0 : largest.heldBytes())) {
                largest = channel;
            }
        }
        return largest;
    }

    /** The rest of {@link Dispatcher#leaveMap}. */
    void forget(Dispatcher channel) {
        channels.remove(channel);
    }

    /** In a program whose loops were started, a dispatcher in the global map is most likely there by mistake. */
    private void warnIfNobodyPolls(Dispatcher channel) {
        if (this == GLOBAL
                && !warned
                && EventLoop.anyStarted()
                && loop().ownership.isFree()) {
            warned = true;
            log.warn(
                    "{} joined the global channel map, which no loop serves, while other loops run: make it on its"
                            + " loop's thread (EventLoop.execute) or give it that loop's map",
                    channel);
        }
    }

    /**
     * Closes every channel. Python's {@code asyncore.close_all}.
     *
     * @param ignoreAll true logs what a {@code close()} throws, even an {@link Error}, closes that channel without it and goes on
     *     with the others; false passes it on; {@link ExitNow} is always passed on
     */
    public void closeAll(boolean ignoreAll) {
        loop().ownership.check();
        for (Dispatcher channel : channels()) {
            try {
                channel.close();
            } catch (ExitNow e) {
                throw e;
            } catch (RuntimeException | Error e) {
                if (!ignoreAll) {
                    throw e;
                }
                log.warn("closing {} failed", channel, Escaped.throwable(e));
                channel.dispose(CloseReason.LOCAL);
            }
            channel.leaveMap();
        }
    }

    @Override
    public String toString() {
        return "ChannelMap[" + size() + " channels]";
    }
}
