package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.Timeout;
import io.asyncore.behaviour.Life.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;

/** Turns TLS on as soon as it is connected. */
class Secret extends Sender {

    private final boolean asClient;
    private final String protocol;
    private final Executor tasks;
    final List<Timeout> timeouts = new ArrayList<>();
    boolean established;

    Secret(boolean asClient, String protocol) {
        this(asClient, protocol, Runnable::run);
    }

    Secret(boolean asClient, String protocol, Executor tasks) {
        this.asClient = asClient;
        this.protocol = protocol;
        this.tasks = tasks;
    }

    @Override
    protected void handleConnect() throws Exception {
        super.handleConnect();
        startTls(TlsKeys.engine(asClient, protocol), tasks);
    }

    @Override
    protected void handleTlsEstablished() {
        assertThat(life.calls()).containsExactly(Call.CONNECT);
        established = true;
    }

    @Override
    protected void handleTlsFailed(SSLException failure) {
        assertThat(established).isFalse();
    }

    @Override
    protected void handleTimeout(Timeout timeout) throws Exception {
        timeouts.add(timeout);
        super.handleTimeout(timeout);
    }
}
