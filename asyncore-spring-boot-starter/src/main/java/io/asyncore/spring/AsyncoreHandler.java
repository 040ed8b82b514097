package io.asyncore.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;
import org.springframework.core.annotation.AliasFor;
import org.springframework.stereotype.Component;

/**
 * Marks a {@link io.asyncore.Dispatcher} as the handler of a server's connections.
 *
 * <p>Each accepted connection gets a new bean of the annotated class, with its constructor's dependencies injected.
 * The bean is created and used on the server's loop thread. When its connection has ended and {@code handleClose} has
 * run, its {@code @PreDestroy} methods are called there too.
 *
 * <pre>{@code
 * @AsyncoreHandler("chat")
 * class ChatHandler extends LineChat {
 *     @Override
 *     protected void handleLine(String line) {
 *         pushLine("you said " + line);
 *     }
 * }
 * }</pre>
 *
 * <p>Without a server's name the handler goes to the server that its bean name equals, or else to the one server that
 * is left without a handler; where nothing else is configured that is the default server. A handler that no server uses
 * ends the start of the application, or only warns where {@code handler} keys name other beans. What also ends it is a
 * handler that asks for a bean which does not exist, or one with annotations for which Spring would wrap it in a proxy,
 * such as {@code @Async} or {@code @Transactional}: they belong on a service that the constructor asks for.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Component
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
public @interface AsyncoreHandler {

    /** The same as {@link #server()}. It is never the name of the bean. */
    @AliasFor("server")
    String value() default "";

    /**
     * The name of the server whose connections are handled: {@code default}, or a name under {@code
     * asyncore.servers}.
     */
    @AliasFor("value")
    String server() default "";
}
