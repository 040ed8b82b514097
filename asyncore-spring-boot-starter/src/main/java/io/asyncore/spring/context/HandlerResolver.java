package io.asyncore.spring.context;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Decides which bean handles which server. The first that matches wins:
 *
 * <ol>
 *   <li>the bean that the server's {@code handler} key names;
 *   <li>a class with {@code @AsyncoreHandler("name")};
 *   <li>a bean whose name is the server's, ignoring case and hyphens;
 *   <li>if one server and one candidate remain, that one.
 * </ol>
 *
 * <p>Two matches in one step fail the start, and so does an {@code @AsyncoreHandler} that no server uses. The default
 * server need not be configured: it exists if a bean binds to it. In the last step it remains if no other server does;
 * beside other servers, only an {@code @AsyncoreHandler} calls it into being.
 */
final class HandlerResolver {

    private static final Logger log = LoggerFactory.getLogger(HandlerResolver.class);

    private final ConfigurableListableBeanFactory beans;
    private final List<ServerSpec> servers;
    private final List<HandlerCandidate> candidates;
    private final Map<ServerSpec, HandlerCandidate> bound = new HashMap<>();

    private HandlerResolver(List<ServerSpec> servers, ConfigurableListableBeanFactory beans) {
        this.beans = beans;
        this.servers = servers;
        this.candidates = HandlerCandidate.findAll(beans);
    }

    /** The servers that exist, each with its handler, in the order given. */
    static Map<ServerSpec, HandlerCandidate> resolve(List<ServerSpec> servers, ConfigurableListableBeanFactory beans) {
        HandlerResolver resolver = new HandlerResolver(servers, beans);
        resolver.checkReservations();
        servers.forEach(resolver::bindByName);
        resolver.bindRemaining();
        resolver.checkNoneForgotten();
        Map<ServerSpec, HandlerCandidate> existing = new LinkedHashMap<>();
        servers.stream()
                .filter(resolver.bound::containsKey)
                .forEach(server -> existing.put(server, resolver.bound.get(server)));
        return existing;
    }

    private void checkReservations() {
        List<String> names = servers.stream().map(ServerSpec::name).toList();
        for (HandlerCandidate candidate : candidates) {
            if (!candidate.isUnreserved() && !names.contains(candidate.server())) {
                throw HandlerFailures.unknownServer(candidate, names);
            }
        }
    }

    private void bindByName(ServerSpec server) {
        if (server.handler() != null) {
            bound.put(server, byKey(server, server.handler()));
            return;
        }
        bindOnly(server, candidates.stream().filter(each -> each.server().equals(server.name())));
        if (!bound.containsKey(server)) {
            bindOnly(
                    server, candidates.stream().filter(each -> each.isUnreserved() && each.isNamedLike(server.name())));
        }
    }

    private HandlerCandidate byKey(ServerSpec server, String key) {
        List<String> names =
                Stream.concat(Stream.of(key), Stream.of(beans.getAliases(key))).toList();
        return candidates.stream()
                .filter(candidate -> names.contains(candidate.beanName()))
                .findFirst()
                .orElseThrow(() -> HandlerFailures.wrongKey(server, key, candidates, beans));
    }

    private void bindRemaining() {
        List<ServerSpec> left = servers.stream()
                .filter(server -> server.configured() && !bound.containsKey(server))
                .toList();
        List<HandlerCandidate> free = candidates.stream()
                .filter(candidate -> candidate.isUnreserved() && !bound.containsValue(candidate))
                .toList();
        if (left.isEmpty()) {
            bindUnconfiguredDefault(free);
        } else if (left.size() > 1 || free.isEmpty()) {
            throw HandlerFailures.noHandler(left, free, HandlerCandidate.singletons(beans));
        } else {
            bindOnly(left.get(0), free.stream());
        }
    }

    /** A handler that a {@code handler} key has displaced is left out on purpose; any other one was forgotten. */
    private void checkNoneForgotten() {
        List<HandlerCandidate> unused = candidates.stream()
                .filter(candidate -> candidate.annotated() && !bound.containsValue(candidate))
                .toList();
        if (unused.isEmpty()) {
            return;
        }
        if (servers.stream().allMatch(server -> server.handler() == null)) {
            throw HandlerFailures.unused(unused);
        }
        unused.forEach(handler -> log.warn(
                "No server uses the @AsyncoreHandler '{}', as 'handler' keys name other beans", handler.beanName()));
    }

    private void bindUnconfiguredDefault(List<HandlerCandidate> free) {
        boolean alone = bound.isEmpty();
        for (ServerSpec server : servers) {
            if (server.isDefault() && !bound.containsKey(server)) {
                bindOnly(server, free.stream().filter(candidate -> alone || candidate.annotated()));
            }
        }
    }

    private void bindOnly(ServerSpec server, Stream<HandlerCandidate> matches) {
        List<HandlerCandidate> all = matches.toList();
        if (all.size() > 1) {
            throw HandlerFailures.ambiguous(server, all);
        }
        all.forEach(only -> bound.put(server, only));
    }
}
