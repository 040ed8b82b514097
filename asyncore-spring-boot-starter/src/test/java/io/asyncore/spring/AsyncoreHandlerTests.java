package io.asyncore.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;

class AsyncoreHandlerTests {

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void isFoundByComponentScanning() {
        ClassPathBeanDefinitionScanner scanner = new ClassPathBeanDefinitionScanner(context);
        scanner.addExcludeFilter((reader, factory) ->
                !reader.getClassMetadata().getClassName().startsWith(AsyncoreHandlerTests.class.getName()));
        scanner.scan(getClass().getPackageName());
        assertThat(context.getBeanDefinitionNames())
                .contains("asyncoreHandlerTests.Chat", "asyncoreHandlerTests.Plain", "asyncoreHandlerTests.Composed");
    }

    @Test
    void theValueIsTheServerAndNeverTheNameOfTheBean() {
        context.register(Chat.class);
        context.refresh();
        assertThat(context.containsBean("chat")).isFalse();
        assertThat(context.getBeanNamesForType(Chat.class)).containsExactly("asyncoreHandlerTests.Chat");
        assertThat(context.findAnnotationOnBean("asyncoreHandlerTests.Chat", AsyncoreHandler.class))
                .satisfies(handler -> assertThat(handler.server()).isEqualTo("chat"))
                .satisfies(handler -> assertThat(handler.value()).isEqualTo("chat"));
    }

    @Test
    void eachBeanIsNew() {
        context.register(Plain.class);
        context.refresh();
        assertThat(context.getBean(Plain.class)).isNotSameAs(context.getBean(Plain.class));
    }

    @Test
    void mayBeComposedIntoAnAnnotationOfTheApplication() {
        context.register(Composed.class);
        context.refresh();
        assertThat(context.isPrototype("asyncoreHandlerTests.Composed")).isTrue();
        assertThat(context.findAnnotationOnBean("asyncoreHandlerTests.Composed", AsyncoreHandler.class))
                .satisfies(handler -> assertThat(handler.server()).isEqualTo("gateway"));
    }

    @AsyncoreHandler("chat")
    static class Chat {}

    @AsyncoreHandler
    static class Plain {}

    @AsyncoreHandler(server = "gateway")
    @Retention(RetentionPolicy.RUNTIME)
    @interface GatewayHandler {}

    @GatewayHandler
    static class Composed {}
}
