package io.asyncore.spring.context;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.beans.factory.config.SmartInstantiationAwareBeanPostProcessor;
import org.springframework.beans.factory.support.AbstractBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.MethodParameter;
import org.springframework.util.PlaceholderResolutionException;

/**
 * Is there everything that a handler's constructor, or bean method, asks for? Spring itself would find out when the first
 * client connects. Neither the handler nor anything else is created for that.
 */
final class HandlerDependencies {

    private final String beanName;
    private final ConfigurableListableBeanFactory beans;

    private HandlerDependencies(String beanName, ConfigurableListableBeanFactory beans) {
        this.beanName = beanName;
        this.beans = beans;
    }

    /** @throws UnsatisfiedDependencyException if something is missing, as for any other bean */
    static void check(String beanName, ConfigurableListableBeanFactory beans) {
        new HandlerDependencies(beanName, beans).check();
    }

    private void check() {
        BeanDefinition definition = beans.getMergedBeanDefinition(beanName);
        if (definition instanceof RootBeanDefinition root
                && root.getInstanceSupplier() == null
                && !root.hasConstructorArgumentValues()) {
            Executable maker = root.getFactoryMethodName() == null ? constructor() : onlyMethod(root);
            if (maker != null) {
                for (int i = 0; i < maker.getParameterCount(); i++) {
                    check(MethodParameter.forExecutable(maker, i), definition);
                }
            }
        }
    }

    /** The one that Spring takes. */
    private @Nullable Constructor<?> constructor() {
        Class<?> type = beans.getType(beanName, false);
        if (type != null && beans instanceof AbstractBeanFactory factory) {
            for (BeanPostProcessor each : factory.getBeanPostProcessors()) {
                Constructor<?>[] chosen = each instanceof SmartInstantiationAwareBeanPostProcessor smart
                        ? smart.determineCandidateConstructors(type, beanName)
                        : null;
                if (chosen != null) {
                    return chosen.length == 1 ? chosen[0] : null;
                }
            }
        }
        return null;
    }

    /** Among several of one name Spring takes what it can. */
    private static @Nullable Method onlyMethod(RootBeanDefinition definition) {
        Method method = definition.getResolvedFactoryMethod();
        return method != null
                        && Arrays.stream(method.getDeclaringClass().getDeclaredMethods())
                                        .filter(each -> !each.isBridge())
                                        .filter(each -> each.getName().equals(method.getName()))
                                        .count()
                                == 1
                ? method
                : null;
    }

    private void check(MethodParameter parameter, BeanDefinition definition) {
        if (mayBeMissing(parameter.getParameterType())) {
            return;
        }
        try {
            beans.resolveDependency(new Question(parameter), beanName);
        } catch (Found found) {
            // it will be created for each handler
        } catch (NoSuchBeanDefinitionException missing) {
            throw new UnsatisfiedDependencyException(
                    definition.getResourceDescription(), beanName, new InjectionPoint(parameter), missing);
        } catch (PlaceholderResolutionException missing) {
            throw new UnsatisfiedDependencyException(
                    definition.getResourceDescription(),
                    beanName,
                    new InjectionPoint(parameter),
                    String.valueOf(missing.getMessage()));
        }
    }

    private static boolean mayBeMissing(Class<?> type) {
        return type.isArray()
                || Stream.of(Collection.class, Map.class, Stream.class, Optional.class, ObjectProvider.class)
                        .anyMatch(each -> each.isAssignableFrom(type));
    }

    /** Asks for a bean and creates none. */
    @SuppressWarnings("serial")
    private static final class Question extends DependencyDescriptor {

        Question(MethodParameter parameter) {
            super(parameter, true);
        }

        @Override
        public Object resolveCandidate(String name, Class<?> required, BeanFactory beans) {
            if (beans instanceof ConfigurableBeanFactory factory && !factory.containsSingleton(name)) {
                throw new Found();
            }
            return super.resolveCandidate(name, required, beans);
        }
    }

    /** There is such a bean. */
    @SuppressWarnings("serial")
    private static final class Found extends RuntimeException {

        Found() {
            super(null, null, false, false);
        }
    }
}
