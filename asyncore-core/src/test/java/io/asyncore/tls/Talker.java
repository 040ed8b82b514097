package io.asyncore.tls;

import io.asyncore.DispatcherWithSend;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLException;

/** Keeps what it gets and notes what happens to it; a test says what else it does. Any thread may look at its notes. */
public class Talker extends DispatcherWithSend {

    /** What a test adds to a callback. */
    @FunctionalInterface
    public interface Extra {
        void run(Talker talker) throws Exception;
    }

    public final List<String> notes = new CopyOnWriteArrayList<>();
    public final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    public Extra onConnect = talker -> {};
    public Extra onTls = talker -> {};
    public Extra onRead = talker -> {};
    public Extra onEof = talker -> talker.close();

    /** Sends back what it gets, and its end too. */
    public static Talker echo() {
        Talker talker = new Talker();
        talker.onRead = each -> each.send(each.take());
        talker.onEof = Talker::closeWhenDone;
        return talker;
    }

    public byte[] take() {
        byte[] all = received.toByteArray();
        received.reset();
        return all;
    }

    public String text() {
        return received.toString(StandardCharsets.ISO_8859_1);
    }

    public int receivedBytes() {
        return received.size();
    }

    public void pause() {
        pauseReading();
    }

    public void resume() {
        resumeReading();
    }

    @Override
    protected void handleConnect() throws Exception {
        notes.add("connect");
        onConnect.run(this);
    }

    @Override
    protected void handleTlsEstablished() throws Exception {
        notes.add("tls");
        onTls.run(this);
    }

    @Override
    protected void handleTlsFailed(SSLException failure) {
        notes.add("tls failed");
        failures.add(failure);
    }

    @Override
    protected void handleRead() throws Exception {
        ByteBuffer data = recv();
        byte[] copy = new byte[data.remaining()];
        data.get(data.position(), copy);
        received.writeBytes(copy);
        if (data.hasRemaining()) {
            onRead.run(this);
        }
    }

    @Override
    protected void handleEof() throws Exception {
        notes.add("eof");
        onEof.run(this);
    }

    @Override
    protected void handleError(Throwable error) throws Exception {
        failures.add(error);
        super.handleError(error);
    }

    @Override
    protected void handleClose() throws Exception {
        notes.add("close");
        super.handleClose();
    }
}
