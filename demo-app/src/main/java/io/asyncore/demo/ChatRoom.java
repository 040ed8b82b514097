package io.asyncore.demo;

import io.asyncore.ChannelGroup;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** Those who are in the chat, until their connections end. Any thread may speak here. */
@Component
class ChatRoom {

    private final ChannelGroup members = new ChannelGroup();
    private final AtomicInteger guests = new AtomicInteger();

    String nameForGuest() {
        return "guest" + guests.incrementAndGet();
    }

    void enter(ChatMember member) {
        members.add(member);
    }

    /** Everybody hears the line. Returns how many that are. */
    int tellAll(String line) {
        return members.send(line + "\r\n");
    }

    /** Everybody but the speaker hears the line. */
    void tellOthers(ChatMember speaker, String line) {
        members.sendExcept(speaker, line + "\r\n");
    }
}
