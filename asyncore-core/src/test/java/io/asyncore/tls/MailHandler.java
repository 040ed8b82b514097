package io.asyncore.tls;

import io.asyncore.chat.LineChat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** As much of a mail server as it takes to turn TLS on. */
public class MailHandler extends LineChat {

    public final List<String> commands = new CopyOnWriteArrayList<>();
    private String how = "in plain text";

    @Override
    protected void handleConnect() {
        pushLine("220 ready");
    }

    @Override
    protected void handleLine(String said) {
        String line = said.toUpperCase(Locale.ROOT);
        commands.add(line);
        if (line.startsWith("EHLO")) {
            pushLine("250-hello");
            pushLine("250 STARTTLS");
        } else if (line.equals("STARTTLS")) {
            pushLine("220 go ahead");
            startTls();
        } else {
            pushLine("250 " + line + " " + how);
        }
    }

    @Override
    protected void handleTlsEstablished() {
        how = "over TLS";
    }
}
