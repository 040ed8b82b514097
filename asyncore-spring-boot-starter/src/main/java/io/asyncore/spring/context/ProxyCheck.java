package io.asyncore.spring.context;

import io.asyncore.Dispatcher;
import io.asyncore.TracksInterest;
import io.asyncore.chat.AsyncChat;
import io.asyncore.spring.AsyncoreHandler;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.aop.framework.AopConfigException;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.SmartInstantiationAwareBeanPostProcessor;
import org.springframework.beans.factory.support.AbstractBeanFactory;

/**
 * Would Spring wrap the handlers of a bean definition in a proxy? A proxy is another object than the one that it wraps, with
 * fields of its own, so that a loop cannot serve it. Asked without creating a bean.
 */
final class ProxyCheck {

    /** Annotations from here never ask for a proxy. */
    private static final List<String> HARMLESS = List.of(
            "java.lang.",
            "jakarta.annotation.",
            "jakarta.inject.",
            "org.jspecify.",
            "org.springframework.beans.factory.annotation.",
            "org.springframework.context.annotation.",
            "org.springframework.context.event.",
            "org.springframework.core.annotation.",
            "org.springframework.stereotype.",
            AsyncoreHandler.class.getName(),
            TracksInterest.class.getName());

    private ProxyCheck() {}

    static void check(String beanName, ConfigurableListableBeanFactory beans) {
        Class<?> type = beans.getType(beanName, false);
        if (type != null && beans instanceof AbstractBeanFactory factory) {
            for (BeanPostProcessor each : factory.getBeanPostProcessors()) {
                if (each instanceof SmartInstantiationAwareBeanPostProcessor smart && wraps(smart, type, beanName)) {
                    throw HandlerFailures.proxied(beanName, type, cause(type));
                }
            }
        }
    }

    private static boolean wraps(SmartInstantiationAwareBeanPostProcessor smart, Class<?> type, String beanName) {
        try {
            return smart.determineBeanType(type, beanName) != type;
        } catch (AopConfigException impossible) {
            return true; // a final class, for example
        }
    }

    /** What probably asks for the proxy: the first annotation that could, with its place. */
    private static String cause(Class<?> type) {
        return Stream.<Class<?>>iterate(type, each -> !isOurs(each), Class::getSuperclass)
                .flatMap(each -> Stream.concat(annotatedMethods(each), place(each, each.getName()).stream()))
                .findFirst()
                .orElse("an aspect that applies to " + type.getName());
    }

    private static boolean isOurs(Class<?> type) {
        String name = type.getPackageName();
        return name.equals(Dispatcher.class.getPackageName()) || name.equals(AsyncChat.class.getPackageName());
    }

    private static Stream<String> annotatedMethods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .sorted(Comparator.comparing(Method::getName))
                .flatMap(method -> place(method, type.getName() + "." + method.getName() + "()").stream());
    }

    private static Optional<String> place(AnnotatedElement element, String name) {
        return Arrays.stream(element.getAnnotations())
                .map(Annotation::annotationType)
                .filter(each -> HARMLESS.stream().noneMatch(each.getName()::startsWith))
                .findFirst()
                .map(each -> "@" + each.getSimpleName() + " on " + name);
    }
}
