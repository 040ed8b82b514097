package io.asyncore.demo;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/**
 * Those who are in the chat. Any thread may speak here: a line that is pushed is handed over to the loop that sends
 * it.
 */
@Component
class ChatRoom {

    private final Set<ChatMember> members = ConcurrentHashMap.newKeySet();
    private final AtomicInteger guests = new AtomicInteger();

    String nameForGuest() {
        return "guest" + guests.incrementAndGet();
    }

    void enter(ChatMember member) {
        members.add(member);
    }

    void leave(ChatMember member) {
        members.remove(member);
    }

    /** Everybody hears the line. Returns how many that are. */
    int tellAll(String line) {
        members.forEach(member -> member.pushLine(line));
        return members.size();
    }

    /** Everybody but the speaker hears the line. */
    void tellOthers(ChatMember speaker, String line) {
        members.stream().filter(member -> member != speaker).forEach(member -> member.pushLine(line));
    }
}
