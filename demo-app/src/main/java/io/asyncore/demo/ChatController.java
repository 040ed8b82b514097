package io.asyncore.demo;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Says something into the chat on behalf of somebody who only has HTTP, on a thread of the web server. */
@RestController
class ChatController {

    private final ChatRoom room;

    ChatController(ChatRoom room) {
        this.room = room;
    }

    @PostMapping(path = "/chat", consumes = MediaType.TEXT_PLAIN_VALUE)
    String say(@RequestBody String text) {
        int listeners = text.lines()
                .mapToInt(line -> room.tellAll("web: " + line))
                .max()
                .orElse(0);
        return "heard by " + listeners + "\n";
    }
}
