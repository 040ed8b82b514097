package io.asyncore.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncore.CloseReason;
import io.asyncore.chat.LineChat;
import io.asyncore.chat.SimpleProducer;
import io.asyncore.test.NetworkConditions;
import io.asyncore.test.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What may be queued when TLS begins, and what may not. */
class StartTlsTest {

    /** Turns TLS on when it is told to. */
    private static class Turning extends LineChat {

        final List<String> lines = new ArrayList<>();
        boolean established;

        @Override
        protected void handleLine(String line) {
            lines.add(line);
            if (line.equals("tls")) {
                begin();
            }
            pushLine("done " + line);
        }

        void begin() {
            pushLine("go ahead");
            startTls(TlsKeys.engine(false, "TLSv1.3"), Runnable::run);
        }

        @Override
        protected void handleTlsEstablished() {
            established = true;
        }
    }

    /** Nobody can tell what a producer would make while the session begins. */
    @Test
    void aProducerMustFinishFirst() {
        Simulation run = new Simulation(1, NetworkConditions.CALM.withWindow(1_000));
        Turning chat = new Turning();
        run.serve(() -> chat);
        SecretPeer client = new SecretPeer(run.connect(), "TLSv1.3");
        client.peer.stall();
        run.inCallback(chat, () -> {
            chat.pushWithProducer(new SimpleProducer(new byte[200_000], 1_000));
            assertThatThrownBy(() -> chat.startTls(TlsKeys.engine(false, "TLSv1.3")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("producer")
                    .hasMessageContaining("let it finish first");
        });
        client.peer.resume();
        run.runUntil(() -> client.peer.receivedCount() == 200_000);
        client.peer.send("tls\n");
        run.runUntil(() -> client.peer.receivedCount() == 200_000 + "go ahead\r\n".length());
        assertThat(chat.lines).as("the conversation goes on, and TLS may begin").containsExactly("tls");
        assertThat(chat.closeReason()).isNull();
        run.end();
    }

    @Test
    void noTlsBehindTheEndOfTheOutput() throws Exception {
        Simulation run = new Simulation(1, NetworkConditions.CALM.withWindow(1_000));
        Turning chat = new Turning();
        run.serve(() -> chat);
        run.connect().stall();
        chat.push(new byte[10_000]);
        chat.shutdownOutput();
        assertThatThrownBy(() -> chat.startTls(TlsKeys.engine(false, "TLSv1.3")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("its end");
        run.inCallback(chat, () -> {
            chat.closeWhenDone();
            assertThatThrownBy(() -> chat.startTls(TlsKeys.engine(false, "TLSv1.3")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("end");
        });
        run.end();
    }

    /** The answer in plain text goes out as such, however slowly, and what follows is encrypted. */
    @Test
    void theLastWordsInPlainText() {
        Seeds.play(60, seed -> {
            Simulation run = Simulation.any(seed);
            Turning chat = new Turning();
            chat.setOptions(chat.options().withHandshakeTimeout(Duration.ofHours(1)));
            run.serve(() -> chat);
            SecretPeer client = new SecretPeer(run.connect(), "TLSv1.3");
            client.peer.send("tls\r\n");
            String plain = "go ahead\r\n";
            run.runUntil(() -> client.peer.receivedCount() == plain.length());
            assertThat(client.peer.receivedText()).isEqualTo(plain);
            client.skip(plain.length());
            run.runUntil(() -> {
                client.work();
                return client.isEstablished() && chat.established;
            });
            client.peer.send(client.record(Chat.bytes("over\n")));
            String secret = "done tls\r\ndone over\r\n";
            run.runUntil(() -> client.heard().length == secret.length());
            assertThat(client.heard()).isEqualTo(Chat.bytes(secret));
            client.peer.close();
            run.runUntil(chat::isClosed);
            assertThat(chat.closeReason()).isIn(CloseReason.TRUNCATED, CloseReason.RESET);
            run.end();
        });
    }
}
