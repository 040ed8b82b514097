package io.asyncore.demo;

import io.asyncore.DispatcherWithSend;
import io.asyncore.spring.AsyncoreHandler;

/** Sends back what it receives. */
@AsyncoreHandler
class Echo extends DispatcherWithSend {

    @Override
    protected void handleRead() throws Exception {
        send(recv());
    }
}
