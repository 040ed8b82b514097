package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.RepeatedTest;

/** Groups in the hands of many threads. */
class ChannelGroupHammerTest {

    /** Channels that close on their loop while other threads let them in: none may stay. */
    @RepeatedTest(200)
    void aChannelThatClosesWhileItIsAddedIsNoMember() throws Exception {
        ChannelGroup group = new ChannelGroup();
        try (RunningLoop running = new RunningLoop()) {
            List<DispatcherWithSend> channels = running.call(() -> {
                List<DispatcherWithSend> made = new ArrayList<>();
                for (int i = 0; i < 200; i++) {
                    made.add(new DispatcherWithSend(running.loop.map()));
                }
                return made;
            });
            CyclicBarrier start = new CyclicBarrier(3);
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 2; t++) {
                threads.add(new Thread(() -> {
                    await(start);
                    for (DispatcherWithSend channel : channels) {
                        group.add(channel);
                        group.send("x");
                    }
                }));
            }
            threads.forEach(Thread::start);
            running.call(() -> {
                await(start);
                channels.forEach(DispatcherWithSend::close);
                return "";
            });
            for (Thread thread : threads) {
                thread.join(20_000);
            }
            assertThat(group.members()).isEmpty();
            assertThat(channels).allMatch(channel -> channel.memberships().isEmpty());
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Several threads talk to members on two running loops: each is heard by all, whole and in its order. */
    @RepeatedTest(200)
    void everySpeakerIsHeardInOrder() throws Exception {
        int lines = 50;
        ChannelGroup group = new ChannelGroup();
        ChannelMap[] maps = {new ChannelMap(), new ChannelMap()};
        List<Connection<DispatcherWithSend>> members = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            members.add(new Connection<>(maps[i % 2], DispatcherWithSend::new));
            group.add(members.get(i).channel);
        }
        List<Thread> loops =
                List.of(maps[0].loop().start(Thread::new), maps[1].loop().start(Thread::new));
        try {
            List<Thread> speakers = new ArrayList<>();
            for (char name = 'a'; name < 'd'; name++) {
                char me = name;
                speakers.add(new Thread(() -> {
                    for (int line = 0; line < lines; line++) {
                        group.send(me + " " + line + "\n");
                        if (line % 10 == 0) {
                            byte[] direct = (me + " direct " + line + "\n").getBytes(StandardCharsets.UTF_8);
                            members.forEach(member -> member.channel.send(direct));
                        }
                    }
                }));
            }
            speakers.forEach(Thread::start);
            for (Thread speaker : speakers) {
                speaker.join(20_000);
            }
            members.forEach(member -> member.channel.closeWhenDone());
            for (Connection<DispatcherWithSend> member : members) {
                member.peer.setSoTimeout(20_000);
                String heard = new String(member.peer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                for (char name = 'a'; name < 'd'; name++) {
                    assertThat(heard.lines().filter(startingWith(name))).containsExactlyElementsOf(said(name, lines));
                }
                member.peer.close();
            }
        } finally {
            for (int i = 0; i < 2; i++) {
                maps[i].loop().stop();
                loops.get(i).join(20_000);
            }
        }
    }

    private static Predicate<String> startingWith(char name) {
        return line -> line.charAt(0) == name;
    }

    private static List<String> said(char name, int lines) {
        List<String> said = new ArrayList<>();
        for (int line = 0; line < lines; line++) {
            said.add(name + " " + line);
            if (line % 10 == 0) {
                said.add(name + " direct " + line);
            }
        }
        return said;
    }
}
