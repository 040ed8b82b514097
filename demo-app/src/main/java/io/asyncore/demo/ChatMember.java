package io.asyncore.demo;

import io.asyncore.chat.LineChat;
import io.asyncore.spring.AsyncoreHandler;
import jakarta.annotation.PreDestroy;

/** One connection to the chat. What it says, the others hear. */
@AsyncoreHandler("chat")
class ChatMember extends LineChat {

    private final ChatRoom room;
    private String name;

    ChatMember(ChatRoom room) {
        this.room = room;
        this.name = room.nameForGuest();
    }

    @Override
    protected void handleConnect() {
        pushLine("Welcome, " + name + "! Type /nick NAME to change your name, /quit to leave.");
        room.enter(this);
        room.tellOthers(this, "* " + name + " is here");
    }

    @Override
    protected void handleLine(String line) {
        if (line.equals("/quit")) {
            pushLine("Bye, " + name + "!");
            closeWhenDone();
        } else if (line.startsWith("/nick ")) {
            rename(line.substring("/nick ".length()).strip());
        } else if (!line.isBlank()) {
            room.tellOthers(this, name + ": " + line);
        }
    }

    private void rename(String newName) {
        room.tellAll("* " + name + " is now " + newName);
        name = newName;
    }

    /** Runs when the connection has ended, whoever ended it. */
    @PreDestroy
    void leave() {
        room.tellAll("* " + name + " has left");
    }
}
