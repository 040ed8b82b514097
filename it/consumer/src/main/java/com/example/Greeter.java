package com.example;

import io.asyncore.chat.LineChat;
import io.asyncore.spring.AsyncoreHandler;

@AsyncoreHandler
class Greeter extends LineChat {
    @Override
    protected void handleLine(String line) {
        pushLine("hello, " + line);
    }
}
