package io.asyncore.spring.context;

import io.asyncore.Dispatcher;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** What to tell somebody whose handlers and servers do not fit together. */
final class HandlerFailures {

    private HandlerFailures() {}

    static AsyncoreStartException noDispatcher(String bean) {
        return new AsyncoreStartException(
                "The bean '" + bean + "' is annotated with @AsyncoreHandler but is no Dispatcher.",
                "Let its class extend one, such as DispatcherWithSend or LineChat, or remove the annotation.");
    }

    static AsyncoreStartException shared(String bean) {
        return new AsyncoreStartException(
                "The handler '" + bean + "' is one bean for all connections, but each connection needs its own.",
                "Give the bean the scope 'prototype', or define a DispatcherFactory that creates handlers.");
    }

    static AsyncoreStartException cannotBeMade(String bean, Class<?> type) {
        return new AsyncoreStartException(
                "The handler '" + bean + "' (" + type.getName() + ") is abstract: no connection can get one.",
                "Annotate a class that extends it in its place, or let it be no longer abstract.");
    }

    static AsyncoreStartException proxied(String bean, Class<?> type, String cause) {
        return new AsyncoreStartException(
                "Spring would wrap the handler '" + bean + "' (" + type.getName() + ") in a proxy, because of " + cause
                        + ". A proxy is not the object whose callbacks the loop runs.",
                "Put it on an injected service: a bean of its own that the handler's constructor asks for. If it blocks,"
                        + " call it with offload(...).");
    }

    static AsyncoreStartException notNew(String factory, @Nullable Dispatcher handler) {
        return ownEach(factory, handler == null ? "null" : handler + ", which has had a socket already");
    }

    static AsyncoreStartException sameAgain(String factory, Dispatcher handler) {
        return ownEach(factory, handler + " twice");
    }

    private static AsyncoreStartException ownEach(String factory, String returned) {
        return new AsyncoreStartException(
                "The factory '" + factory + "' has returned " + returned
                        + ", but each connection needs a dispatcher of its own.",
                "Let its create() return a new dispatcher each time it is called, which the server gives its connection:"
                        + " '() -> new YourDispatcher(...)', or what an ObjectProvider has of a prototype bean.");
    }

    static AsyncoreStartException unused(List<HandlerCandidate> handlers) {
        return new AsyncoreStartException(
                "No server uses the @AsyncoreHandler " + names(handlers) + ".",
                "Name the server in the annotation, @AsyncoreHandler(\"name\"), and set asyncore.servers.name.port; or"
                        + " remove the annotation.");
    }

    static AsyncoreStartException unknownServer(HandlerCandidate candidate, List<String> servers) {
        return new AsyncoreStartException(
                "The handler '" + candidate.beanName() + "' is for the server '" + candidate.server()
                        + "', which is not configured.",
                "Set " + ServerSpec.prefix(candidate.server()) + ".port, or name one of these in @AsyncoreHandler: "
                        + String.join(", ", servers) + ".");
    }

    static AsyncoreStartException wrongKey(
            ServerSpec server, String key, List<HandlerCandidate> candidates, ConfigurableListableBeanFactory beans) {
        if (beans.containsBean(key) && beans.isTypeMatch(key, Dispatcher.class)) {
            return shared(key);
        }
        String problem = beans.containsBean(key)
                ? "', which is neither a Dispatcher nor a DispatcherFactory."
                : "', but there is no such bean.";
        return new AsyncoreStartException(
                server.describe() + " names the handler '" + key + problem,
                "Correct " + server.prefix() + ".handler. These beans can handle connections: " + names(candidates)
                        + ".");
    }

    static AsyncoreStartException noHandler(
            List<ServerSpec> servers, List<HandlerCandidate> free, List<String> singletons) {
        String description = servers.stream()
                .map(server -> server.describe() + " has no handler.")
                .collect(Collectors.joining("\n"));
        String notMeant = singletons.isEmpty() ? "" : "\n" + notMeant(singletons);
        String undecided =
                free.isEmpty() ? "" : "\nNothing says which of them these beans are for: " + names(free) + ".";
        return new AsyncoreStartException(description + undecided + notMeant, howToChoose(servers));
    }

    /** What the log says where nothing fails, as there is nothing to start. */
    static String nothingListens(List<String> singletons) {
        return "Nothing listens: " + noServer(singletons)
                + " If one shall handle connections, annotate its class with @AsyncoreHandler in"
                + " place of @Component, or give the bean the scope 'prototype'; if none shall, set"
                + " asyncore.enabled=false.";
    }

    static String noServer(List<String> singletons) {
        return "there is no handler, and no key under asyncore.server or asyncore.servers."
                + (singletons.isEmpty() ? "" : " " + notMeant(singletons));
    }

    /** Whoever has forgotten that a handler is no singleton sees why it was not taken. */
    private static String notMeant(List<String> singletons) {
        return "There are dispatchers that handle no connections, because each is one bean for all, and not of the"
                + " scope 'prototype': " + String.join(", ", singletons) + ".";
    }

    static AsyncoreStartException ambiguous(ServerSpec server, List<HandlerCandidate> matches) {
        return new AsyncoreStartException(
                server.describe() + " has more than one possible handler: " + names(matches) + ".",
                howToChoose(List.of(server)));
    }

    private static String howToChoose(List<ServerSpec> servers) {
        return servers.stream()
                .map(server -> "Annotate exactly one Dispatcher class with @AsyncoreHandler(\"" + server.name()
                        + "\"), or name one bean in " + server.prefix() + ".handler.")
                .collect(Collectors.joining("\n"));
    }

    private static String names(List<HandlerCandidate> candidates) {
        return candidates.isEmpty()
                ? "none"
                : candidates.stream().map(HandlerCandidate::beanName).sorted().collect(Collectors.joining(", "));
    }
}
