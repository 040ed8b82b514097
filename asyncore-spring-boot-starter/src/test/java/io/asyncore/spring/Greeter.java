package io.asyncore.spring;

import io.asyncore.ChannelMap;
import io.asyncore.chat.LineChat;

/** Says who it is to whoever connects, and then repeats what it hears. */
public class Greeter extends LineChat {

    private final String greeting;

    public Greeter() {
        this.greeting = getClass().getSimpleName();
    }

    public Greeter(String greeting) {
        this.greeting = greeting;
    }

    public Greeter(String greeting, ChannelMap map) {
        super(map);
        this.greeting = greeting;
    }

    @Override
    protected void handleConnect() {
        pushLine(greeting);
    }

    @Override
    protected void handleLine(String line) throws Exception {
        pushLine(line);
    }
}
