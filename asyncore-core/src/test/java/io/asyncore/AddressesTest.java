package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Addresses that a socket cannot have: which socket could have them. */
class AddressesTest {

    private static final SocketAddress FOUR = new InetSocketAddress("127.0.0.1", 9);
    private static final SocketAddress SIX = new InetSocketAddress("::1", 9);
    private static final SocketAddress UNIX = UnixDomainSocketAddress.of("/nowhere");

    private final ChannelMap map = new ChannelMap();

    @AfterEach
    void close() {
        map.closeAll(true);
    }

    private Dispatcher socket(StandardProtocolFamily family) throws Exception {
        Dispatcher channel = new Dispatcher(map);
        channel.createSocket(family, SocketType.STREAM);
        return channel;
    }

    private static SocketAddress addressOf(StandardProtocolFamily family) {
        return switch (family) {
            case INET -> FOUR;
            case INET6 -> SIX;
            case UNIX -> UNIX;
        };
    }

    @ParameterizedTest
    @EnumSource(names = {"INET6", "UNIX"})
    void ofAnotherFamilyThanTheSocket(StandardProtocolFamily family) throws Exception {
        SocketAddress address = addressOf(family);
        String message = address + " is not an address of the family that the socket was created for: create one for"
                + " StandardProtocolFamily." + family;
        Dispatcher binding = socket(StandardProtocolFamily.INET);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> binding.bind(address))
                .withMessage(message);
        assertThat(binding.isClosed()).as("may be bound to another one").isFalse();

        Dispatcher connecting = socket(StandardProtocolFamily.INET);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> connecting.connect(address))
                .withMessage(message);
        assertThat(connecting.isClosed())
                .as("as after every connect that fails")
                .isTrue();
    }

    @Test
    void ofAMachineOnAUnixDomainSocket() throws Exception {
        Dispatcher channel = socket(StandardProtocolFamily.UNIX);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> channel.connect(FOUR))
                .withMessageEndingWith("create one for StandardProtocolFamily.INET");
    }

    @Test
    void ofAHostThatNobodyKnows() throws Exception {
        SocketAddress unresolved = InetSocketAddress.createUnresolved("no.such.host.invalid", 9);
        Dispatcher channel = socket(StandardProtocolFamily.INET);
        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> channel.connect(unresolved))
                .withMessage("the host name of " + unresolved + " is unknown");
    }
}
