package io.asyncore.spring.actuate;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * What HTTP adds to {@link AsyncoreEndpoint}: 404 for what there is not, 204 for a channel that was closed, 503 where a loop
 * does not answer.
 */
@EndpointWebExtension(endpoint = AsyncoreEndpoint.class)
public class AsyncoreEndpointWebExtension {

    private final AsyncoreEndpoint endpoint;

    /**
     * Creates the extension.
     *
     * @param endpoint what it extends
     */
    public AsyncoreEndpointWebExtension(AsyncoreEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** As {@link AsyncoreEndpoint#channels}. */
    @ReadOperation
    public WebEndpointResponse<Object> channels(
            @Selector String server,
            @Nullable Integer offset,
            @Nullable Integer limit,
            @Nullable String peer,
            @Nullable String state,
            @Nullable String handler) {
        return respond(() -> found(endpoint.channels(server, offset, limit, peer, state, handler)));
    }

    /** As {@link AsyncoreEndpoint#channel}. */
    @ReadOperation
    public WebEndpointResponse<Object> channel(@Selector String server, @Selector long id) {
        return respond(() -> found(endpoint.channel(server, id)));
    }

    /** As {@link AsyncoreEndpoint#close}. */
    @DeleteOperation
    public WebEndpointResponse<Object> close(@Selector String server, @Selector long id) {
        return respond(() -> new WebEndpointResponse<>(
                endpoint.close(server, id).closed()
                        ? WebEndpointResponse.STATUS_NO_CONTENT
                        : WebEndpointResponse.STATUS_NOT_FOUND));
    }

    private static WebEndpointResponse<Object> found(@Nullable Object what) {
        return what == null
                ? new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND)
                : new WebEndpointResponse<>(what);
    }

    private static WebEndpointResponse<Object> respond(Supplier<WebEndpointResponse<Object>> operation) {
        try {
            return operation.get();
        } catch (LoopUnavailableException e) {
            return new WebEndpointResponse<>(
                    Map.of("error", String.valueOf(e.getMessage())), WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
        }
    }
}
