package io.asyncore.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelMap;
import io.asyncore.Dispatcher;
import io.asyncore.descriptors.Await;
import io.asyncore.transport.Transport;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide says of urgent data: its program keeps them among the others. */
class UrgentDataTest {

    private static final class Control extends Dispatcher {
        final StringBuilder read = new StringBuilder();

        Control(Transport socket, ChannelMap map) {
            super(socket, map);
        }

        @Override
        protected void handleRead() throws Exception {
            read.append(new String(recv(100), StandardCharsets.US_ASCII));
        }
    }

    @Test
    void theUrgentByteIsRead(@TempDir Path classes) throws Exception {
        String source =
                new Markdown(ProjectFiles.text(ProjectFiles.guide())).programs().get("Urgent.java");
        assertThat(Compilation.complaints(classes, "Urgent.java", source)).isEmpty();
        ChannelMap map = new ChannelMap();
        Control[] control = new Control[1];
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            Method keepInline = loader.loadClass("Urgent").getMethod("keepInline", Transport.class);
            Dispatcher listener = new Dispatcher(map) {
                @Override
                protected void handleAccepted(Transport socket, SocketAddress peer) throws Exception {
                    keepInline.invoke(null, socket);
                    control[0] = new Control(socket, map);
                }
            };
            listener.createSocket();
            listener.bind(new InetSocketAddress("127.0.0.1", 0));
            listener.listen(1);
            InetSocketAddress place = (InetSocketAddress) listener.socket().localAddress();
            try (Socket client = new Socket(place.getAddress(), place.getPort())) {
                Await.turning(map, "a connection", () -> control[0] != null);
                client.getOutputStream().write("ABOR\r".getBytes(StandardCharsets.US_ASCII));
                client.sendUrgentData('\n');
                Await.turning(
                        map, "the command", () -> control[0].read.toString().equals("ABOR\r\n"));
            }
        } finally {
            map.closeAll(true);
        }
    }
}
