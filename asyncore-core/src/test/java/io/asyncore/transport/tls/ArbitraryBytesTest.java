package io.asyncore.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.asyncore.tls.Identity;
import io.asyncore.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever arrives, a TLS transport neither loops nor throws anything but an {@link IOException}. How many cases there are
 * says the system property {@code io.asyncore.tlsCases}; a failure names the seed of its case.
 */
class ArbitraryBytesTest {

    private static final int CASES = Integer.getInteger("io.asyncore.tlsCases", 100_000);
    private static final int MOST_STEPS = 10_000;

    private final SSLContext server = Identity.localhost().context();
    private final SSLContext client = Identity.trustingContext(Identity.localhost());

    /** One end, its wire, and what it said. */
    private static final class End {

        final MemoryWire wire;
        final TlsTransport tls;
        int dataRead;

        End(MemoryWire wire, SSLEngine engine) {
            this.wire = wire;
            tls = new TlsTransport(wire, engine, Runnable::run, () -> 0);
        }

        /** Goes on while there is something to do; false at the end. */
        boolean settle() throws IOException {
            ByteBuffer data = ByteBuffer.allocate(20_000);
            for (int steps = 0; tls.localReadiness() != 0 || wire.hasInput(); steps++) {
                assertThat(steps).as("steps").isLessThan(MOST_STEPS);
                if (tls.advance(Transport.READ)) {
                    int count = tls.read(data.clear());
                    if (count < 0) {
                        return false;
                    }
                    dataRead += count;
                }
            }
            return true;
        }
    }

    private SSLEngine engine(boolean asClient, String protocol) {
        SSLEngine engine = (asClient ? client : server).createSSLEngine();
        engine.setUseClientMode(asClient);
        engine.setEnabledProtocols(new String[] {protocol});
        return engine;
    }

    private interface Case {
        void play(SplittableRandom random) throws IOException;
    }

    private static void play(int cases, Case one) {
        for (long seed = 0; seed < cases; seed++) {
            try {
                one.play(new SplittableRandom(seed));
            } catch (IOException expected) {
                // the only thing it may throw
            } catch (Throwable t) {
                fail("seed " + seed, t);
            }
        }
    }

    private static byte[] bytes(SplittableRandom random, int most) {
        byte[] bytes = new byte[random.nextInt(most + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Most of it has the header of a record, or it would be recognised at once. */
    private static byte[] almostRecord(SplittableRandom random) {
        byte[] bytes = bytes(random, 300);
        byte[] header = {(byte) (20 + random.nextInt(5)), 3, (byte) random.nextInt(4)};
        System.arraycopy(header, 0, bytes, 0, Math.min(bytes.length, 1 + random.nextInt(3)));
        if (bytes.length > 5 && random.nextInt(3) > 0) {
            bytes[3] = 0;
            bytes[4] = (byte) Math.min(random.nextInt(250), bytes.length - 5);
        }
        if (bytes.length > 9 && random.nextBoolean()) {
            bytes[5] = (byte) random.nextInt(3); // a hello
            bytes[6] = 0;
            bytes[7] = 0;
        }
        return bytes;
    }

    @Test
    void beforeTheHandshake() {
        play(CASES / 20, random -> {
            MemoryWire wire = new MemoryWire();
            End end = random.nextInt(4) > 0
                    ? new End(wire, engine(false, random.nextBoolean() ? "TLSv1.2" : "TLSv1.3"))
                    : new End(wire, engine(true, "TLSv1.3"));
            wire.arrives(random.nextBoolean() ? almostRecord(random) : bytes(random, 300));
            end.settle();
            wire.ends();
            end.settle();
            end.tls.close();
        });
    }

    @Test
    void theFirstMessageLookedAtForAHost() {
        play(CASES, random -> {
            MemoryWire wire = new MemoryWire();
            EngineSource source = new EngineSource() {
                @Override
                public SSLEngine engine(@Nullable String host) {
                    return ArbitraryBytesTest.this.engine(false, "TLSv1.3");
                }

                @Override
                public boolean looksAtHost() {
                    return true;
                }
            };
            TlsTransport tls = new TlsTransport(wire, source, () -> 0);
            wire.arrives(almostRecord(random));
            for (int steps = 0; tls.localReadiness() != 0 || wire.hasInput(); steps++) {
                assertThat(steps).isLessThan(MOST_STEPS);
                tls.advance(Transport.READ);
            }
        });
    }

    /** Whatever it is, it is judged: a name, none, or not decided yet, which more of it would change. */
    @Test
    void theNameInTheFirstMessage() {
        play(CASES, random -> {
            byte[] received = almostRecord(random);
            ClientHello hello = ClientHello.in(ByteBuffer.wrap(received));
            assertThat(hello.isDecided() || hello.host() == null).isTrue();
        });
    }

    /** A valid conversation, but for one byte somewhere that is another or missing, or some that are too much. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void damagedOnTheWay(String protocol) {
        play(Math.max(100, CASES / 1_000), random -> {
            MemoryWire toServer = new MemoryWire();
            MemoryWire toClient = toServer.other();
            End first = new End(toClient, engine(true, protocol));
            End second = new End(toServer, engine(false, protocol));
            (random.nextBoolean() ? toServer : toClient).damage(random, random.nextInt(3_000));
            byte[] said = bytes(random, 3_000);
            int told = 0;
            for (int round = 0; round < 200; round++) {
                first.settle();
                second.settle();
                if (first.tls.isEstablished() && told < said.length) {
                    told += first.tls.write(ByteBuffer.wrap(said, told, said.length - told));
                }
            }
            assertThat(second.dataRead).isLessThanOrEqualTo(said.length);
        });
    }
}
