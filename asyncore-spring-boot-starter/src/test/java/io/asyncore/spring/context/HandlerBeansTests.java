package io.asyncore.spring.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.spring.AsyncoreHandler;
import io.asyncore.spring.AsyncoreServers;
import io.asyncore.spring.Contexts;
import io.asyncore.spring.Greeter;
import io.asyncore.test.AsyncoreTestClient;
import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

/** Each connection has a bean of its own, from its accept to its end. */
class HandlerBeansTests {

    private final ApplicationContextRunner runner =
            Contexts.runner().withBean(Journal.class).withPropertyValues("asyncore.server.port=0");

    @Test
    void eachConnectionHasItsOwnBeanWithItsDependencies() {
        runner.withUserConfiguration(Member.class).run(context -> {
            try (AsyncoreTestClient a = connect(context);
                    AsyncoreTestClient b = connect(context)) {
                assertThat(List.of(a.readLine(), b.readLine())).containsExactlyInAnyOrder("member 1", "member 2");
            }
        });
    }

    @Test
    void theBeanIsDestroyedAfterHandleCloseOnTheLoopThread() {
        runner.withUserConfiguration(Member.class).run(context -> {
            Journal journal = context.getBean(Journal.class);
            try (AsyncoreTestClient client = connect(context)) {
                client.readLine();
                assertThat(journal.next()).isEqualTo("created");
                assertThat(journal.entries).isEmpty();
            }
            assertThat(journal.next()).isEqualTo("handleClose");
            assertThat(journal.next()).isEqualTo("close");
            assertThat(journal.next()).isEqualTo("@PreDestroy");
            assertThat(journal.threads).extracting(Thread::getName).containsExactly("asyncore-default");
        });
    }

    @Test
    void theBeanIsDestroyedWhenItsOwnSideCloses() {
        runner.withUserConfiguration(Member.class).run(context -> {
            Journal journal = context.getBean(Journal.class);
            try (AsyncoreTestClient client = connect(context)) {
                client.readLine();
                client.sendLine("close");
                client.expectEnd();
            }
            assertThat(journal.next()).isEqualTo("created");
            assertThat(journal.next()).isEqualTo("close");
            assertThat(journal.next()).isEqualTo("@PreDestroy");
        });
    }

    @Test
    void theBeanIsDestroyedWhenACallbackFails() {
        runner.withUserConfiguration(Member.class).run(context -> {
            Journal journal = context.getBean(Journal.class);
            try (AsyncoreTestClient client = connect(context)) {
                client.readLine();
                client.sendLine("fail");
                client.expectEnd();
            }
            journal.awaitEntry("@PreDestroy");
        });
    }

    @Test
    void allBeansAreDestroyedBeforeTheContextIsClosed() throws Exception {
        Journal[] journal = new Journal[1];
        AsyncoreTestClient[] client = new AsyncoreTestClient[1];
        runner.withUserConfiguration(Member.class).run(context -> {
            journal[0] = context.getBean(Journal.class);
            client[0] = connect(context);
            client[0].readLine();
        });
        assertThat(journal[0].entries).startsWith("created").endsWith("close", "@PreDestroy");
        client[0].expectEnd();
        client[0].close();
    }

    @Test
    void aConstructorThatFailsCostsOneConnection() {
        Fragile.COUNT.set(0);
        runner.withUserConfiguration(Fragile.class).run(context -> {
            try (AsyncoreTestClient first = connect(context);
                    AsyncoreTestClient second = connect(context)) {
                first.expectEnd();
                second.expectLine("Fragile");
            }
        });
    }

    @Test
    void aBeanMethodsDispatcherIsDestroyedWithoutBeingClosedTwice() {
        runner.withUserConfiguration(MemberByMethod.class).run(context -> {
            Journal journal = context.getBean(Journal.class);
            try (AsyncoreTestClient client = connect(context)) {
                client.readLine();
            }
            journal.awaitEntry("@PreDestroy");
            assertThat(journal.history).containsExactly("created", "handleClose", "close", "@PreDestroy");
        });
    }

    private static AsyncoreTestClient connect(ApplicationContext context) throws Exception {
        return AsyncoreTestClient.connect(
                context.getBean(AsyncoreServers.class).get("default").port());
    }

    /** What happened to handlers, in order, and on which threads. */
    static class Journal {
        final BlockingQueue<String> entries = new LinkedBlockingQueue<>();
        final List<String> history = Collections.synchronizedList(new ArrayList<>());
        final Set<Thread> threads = ConcurrentHashMap.newKeySet();
        final AtomicInteger members = new AtomicInteger();

        void add(String entry) {
            threads.add(Thread.currentThread());
            history.add(entry);
            entries.add(entry);
        }

        String next() throws InterruptedException {
            String entry = entries.poll(10, TimeUnit.SECONDS);
            return entry == null ? "nothing" : entry;
        }

        void awaitEntry(String entry) {
            Contexts.await(() -> history.contains(entry));
        }
    }

    @AsyncoreHandler
    static class Member extends Greeter {
        private final Journal journal;

        Member(Journal journal) {
            super("member " + journal.members.incrementAndGet());
            this.journal = journal;
            journal.add("created");
        }

        @Override
        protected void handleLine(String line) {
            if (line.equals("fail")) {
                throw new IllegalStateException("asked to fail");
            }
            close();
        }

        @Override
        protected void handleClose() throws Exception {
            journal.add("handleClose");
            super.handleClose();
        }

        @Override
        public void close() {
            journal.add("close");
            super.close();
        }

        @PreDestroy
        void leave() {
            journal.add("@PreDestroy");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class MemberByMethod {
        @Bean
        @Scope("prototype")
        Member member(Journal journal) {
            return new Member(journal);
        }
    }

    @AsyncoreHandler
    static class Fragile extends Greeter {
        private static final AtomicInteger COUNT = new AtomicInteger();

        Fragile() {
            if (COUNT.getAndIncrement() == 0) {
                throw new IllegalStateException("the first one fails");
            }
        }
    }
}
