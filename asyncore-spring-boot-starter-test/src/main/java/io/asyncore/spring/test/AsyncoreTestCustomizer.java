package io.asyncore.spring.test;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Adds this package's beans to the context of a test; as definitions, so that ahead-of-time processing keeps them. Part of the
 * key under which the test framework keeps contexts, hence a value.
 *
 * @param freePorts whether servers listen on free ports
 */
record AsyncoreTestCustomizer(boolean freePorts) implements ContextCustomizer {

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        if (context.getBeanFactory() instanceof BeanDefinitionRegistry beans) {
            register(beans, AsyncoreTestClients.class);
            if (freePorts) {
                register(beans, FreePorts.class);
            }
        }
    }

    private static void register(BeanDefinitionRegistry beans, Class<?> type) {
        RootBeanDefinition definition = new RootBeanDefinition(type);
        definition.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
        beans.registerBeanDefinition(type.getName(), definition);
    }
}
