package io.asyncore.spring.test;

import io.asyncore.chat.LineChat;
import io.asyncore.spring.AsyncoreHandler;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** Two servers that repeat what they hear. */
@EnableAutoConfiguration
@Import({Application.Echo.class, Application.Chat.class})
class Application {

    @AsyncoreHandler
    static class Echo extends LineChat {
        @Override
        protected void handleLine(String line) {
            pushLine(line);
        }
    }

    @AsyncoreHandler("chat")
    static class Chat extends Echo {
        @Override
        protected void handleConnect() {
            pushLine("welcome");
        }
    }
}
