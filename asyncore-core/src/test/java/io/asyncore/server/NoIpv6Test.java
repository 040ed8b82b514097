package io.asyncore.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.interop.Program;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server of a JVM that has no IPv6, in a process of its own. */
class NoIpv6Test {

    /** Starts one at each of the addresses, and says what came of it. */
    static final class Main {
        private Main() {}

        public static void main(String[] addresses) throws Exception {
            for (String address : addresses) {
                try (Server server = Server.builder()
                        .address(InetAddress.getByName(address))
                        .handler(EchoLines::new)
                        .start()) {
                    System.out.println(server.addresses().get(0).toString().replaceAll(":\\d+$", ""));
                } catch (IllegalArgumentException refused) {
                    System.out.println(refused.getMessage());
                }
            }
        }
    }

    @Test
    void anAddressOfItIsRefusedWithTheReason() throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.net.preferIPv4Stack=true",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "::1",
                "127.0.0.1",
                "::");
        try (Program program = Program.start(command)) {
            assertThat(program.awaitEnd())
                    .containsExactly(
                            "address must be one of IPv4, but is 0:0:0:0:0:0:0:1; this JVM has no IPv6: its machine has none,"
                                    + " or the property java.net.preferIPv4Stack is set",
                            "/127.0.0.1",
                            "/0.0.0.0");
        }
    }
}
