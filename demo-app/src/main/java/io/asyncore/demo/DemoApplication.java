package io.asyncore.demo;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the web server, the echo server and the chat. */
@SpringBootApplication
public class DemoApplication {

    /** Runs the application until it is terminated. */
    public static void main(String[] args) {
        SpringApplication.run(DemoApplication.class, args);
    }
}
