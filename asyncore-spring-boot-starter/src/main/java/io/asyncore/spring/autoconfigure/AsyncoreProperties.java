package io.asyncore.spring.autoconfigure;

import io.asyncore.server.Limits.WhenFull;
import io.asyncore.server.ProxyProtocol.Mode;
import io.asyncore.server.Ssl.ClientAuth;
import io.asyncore.spring.context.Shutdown;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What can be configured. A key that is not listed here fails the start. Names, meanings and defaults are those of the
 * options of {@link io.asyncore.server.Server}.
 *
 * @param enabled Whether servers are built and started at all.
 * @param server The default server. It exists if one of its keys is set or a handler binds to it.
 * @param servers Further servers by name. Names are lower-case letters and digits, starting with a letter.
 * @param loop The loops that the servers run.
 */
@ConfigurationProperties(prefix = "asyncore", ignoreUnknownFields = false)
public record AsyncoreProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable Server server,
        @DefaultValue Map<String, Server> servers,
        @DefaultValue Loop loop) {

    /**
     * One server.
     *
     * @param port Port to listen on, 0 for any free one. A named server must have this or a path.
     * @param address Network address to listen on. All addresses of the machine unless set.
     * @param path Path of a Unix-domain socket to listen on, in place of a port, or besides if that is set too.
     * @param pathPermissions Who may connect to the Unix-domain socket, as 'ls -l' shows it.
     * @param backlog How many clients may wait in the operating system to be accepted.
     * @param loops How many loops, each with a thread of its own, share the connections. With more than one, handlers of
     *     different connections run at the same time.
     * @param handler Name of the bean that handles connections: a DispatcherFactory or a prototype Dispatcher.
     * @param shutdown Whether open connections may finish when the application stops, or are cut.
     * @param limits How much of something the server allows.
     * @param timeouts How long something may take.
     * @param writeBuffer How much output of one connection may wait for a slow peer.
     * @param socket Options of the connections' sockets.
     * @param ssl TLS.
     * @param proxyProtocol Whether a proxy in front tells who its clients are.
     * @param filter Which addresses may connect.
     */
    public record Server(
            @Nullable Integer port,
            @Nullable InetAddress address,
            @Nullable String path,
            @DefaultValue("rw-rw----") String pathPermissions,
            @DefaultValue("511") int backlog,
            @DefaultValue("1") int loops,
            @Nullable String handler,
            @DefaultValue("graceful") Shutdown shutdown,
            @DefaultValue Limits limits,
            @DefaultValue Timeouts timeouts,
            @DefaultValue WriteBuffer writeBuffer,
            @DefaultValue Socket socket,
            @DefaultValue Ssl ssl,
            @DefaultValue ProxyProtocol proxyProtocol,
            @DefaultValue Filter filter) {}

    /**
     * How much of something a server allows.
     *
     * @param connections Number of connections at once. By default 10000, or half of the descriptors that the process may
     *     have if that is less.
     * @param perPeer Number of connections of one address at once. No other limit than that of all connections unless set.
     * @param acceptsPerTurn Number of connections that are accepted before others get their turn.
     * @param handshakes Number of connections that may be busy with a PROXY header or TLS handshake at once.
     * @param frameLength Longest frame of a chat.
     * @param memory Output and unfinished input that all channels together may hold. By default a quarter of the heap.
     * @param whenFull What happens to clients that come while all connections are taken, or as many handshakes
     *     are under way as may be.
     * @param farewell What a client is told that is refused. Nothing unless set; never sent on a TLS port.
     */
    public record Limits(
            @Nullable Integer connections,
            @Nullable Integer perPeer,
            @DefaultValue("64") int acceptsPerTurn,
            @DefaultValue("1000") int handshakes,
            @DefaultValue("64KB") DataSize frameLength,
            @Nullable DataSize memory,
            @DefaultValue("wait") WhenFull whenFull,
            @Nullable String farewell) {}

    /**
     * How long something may take.
     *
     * @param idle Time without input after which a connection is closed.
     * @param message Time from the first to the last byte of a chat's frame.
     * @param writeStall Time that output may wait while the peer takes none of it.
     * @param handshake Time that a TLS handshake may take.
     * @param proxyHeader Time that the header of the PROXY protocol may take.
     * @param connect Time that a connection may take that a handler makes to somewhere else.
     */
    public record Timeouts(
            @DefaultValue("5m") Duration idle,
            @DefaultValue("30s") Duration message,
            @DefaultValue("30s") Duration writeStall,
            @DefaultValue("10s") Duration handshake,
            @DefaultValue("5s") Duration proxyHeader,
            @DefaultValue("10s") Duration connect) {}

    /**
     * How much output of one connection may wait for a peer that is slower than its handler.
     *
     * @param high Above it the connection is not writable, and is not read.
     * @param low At it or below, both again.
     * @param limit Above it the connection is closed.
     */
    public record WriteBuffer(
            @DefaultValue("64KB") DataSize high,
            @DefaultValue("32KB") DataSize low,
            @DefaultValue("8MB") DataSize limit) {}

    /**
     * Options of the sockets of accepted connections. Those that a kind of socket does not have are left out.
     *
     * @param noDelay Whether small writes go out at once (TCP_NODELAY).
     * @param keepAlive Whether the operating system looks if a silent peer is still there (SO_KEEPALIVE).
     * @param keepAliveIdle Time that it waits before it looks, in whole seconds, where it can be told.
     * @param receiveBuffer The operating system's buffer for input (SO_RCVBUF). Its own choice unless set.
     * @param sendBuffer The operating system's buffer for output (SO_SNDBUF). Its own choice unless set.
     * @param linger Time that a close waits for output to be acknowledged, in whole seconds (SO_LINGER). The operating
     *     system's choice unless set.
     * @param reuseAddress Whether the port may be bound while connections of an earlier server linger (SO_REUSEADDR).
     */
    public record Socket(
            @DefaultValue("true") boolean noDelay,
            @DefaultValue("true") boolean keepAlive,
            @DefaultValue("5m") Duration keepAliveIdle,
            @Nullable DataSize receiveBuffer,
            @Nullable DataSize sendBuffer,
            @Nullable Duration linger,
            @DefaultValue("true") boolean reuseAddress) {}

    /**
     * TLS. There is no way from here to plain text by mistake: a server whose TLS is incomplete does not start.
     *
     * @param enabled Whether connections are encrypted. By default they are if a bundle is named.
     * @param bundle Name of the SSL bundle with the server's certificate and key.
     * @param clientAuth Whether clients must have a certificate that the bundle's trust store knows.
     * @param startTls Whether connections begin in plain text, and TLS begins when a handler calls startTls().
     * @param applicationProtocols What ALPN may choose, best first. What clients offer is ignored unless set.
     */
    public record Ssl(
            @Nullable Boolean enabled,
            @Nullable String bundle,
            @DefaultValue("none") ClientAuth clientAuth,
            @DefaultValue("false") boolean startTls,
            @DefaultValue List<String> applicationProtocols) {}

    /**
     * The PROXY protocol.
     *
     * @param mode Whether each connection begins with a PROXY header.
     * @param trusted Addresses and address blocks (CIDR) of the proxies that are believed. Needed when a header is required.
     * @param headerLength Longest header of version 2.
     */
    public record ProxyProtocol(
            @DefaultValue("off") Mode mode,
            @DefaultValue List<String> trusted,
            @DefaultValue("4KB") DataSize headerLength) {}

    /**
     * Which addresses may connect.
     *
     * @param allow Addresses and address blocks (CIDR) that may connect. All unless set.
     * @param deny Addresses and address blocks (CIDR) that may not, even if they are allowed.
     */
    public record Filter(
            @DefaultValue List<String> allow, @DefaultValue List<String> deny) {}

    /**
     * The loops that servers run.
     *
     * @param timeout Longest wait of one turn of a loop in which nothing happens.
     * @param threadNamePrefix What the names of the loops' threads begin with. The server's name follows.
     * @param slowCallback Time that a callback may take before it is reported.
     * @param busyPoll Time that a loop looks for input again and again before its thread sleeps, which answers some
     *     microseconds earlier at the price of a busy processor. Not at all unless set.
     */
    public record Loop(
            @DefaultValue("30s") Duration timeout,
            @DefaultValue("asyncore-") String threadNamePrefix,
            @DefaultValue("100ms") Duration slowCallback,
            @Nullable Duration busyPoll) {}
}
