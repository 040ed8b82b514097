package io.asyncore.spring.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.server.DispatcherFactory;
import io.asyncore.spring.AsyncoreServers;
import io.asyncore.spring.Contexts;
import io.asyncore.spring.Greeter;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** How a bundle is tried before clients come, where its key manager has a mind of its own. */
@ExtendWith(OutputCaptureExtension.class)
class BundleEnginesTests {

    private static final Certificate SERVER = Certificate.of("first");

    private final Set<SSLEngine> asking = ConcurrentHashMap.newKeySet();
    private final ApplicationContextRunner runner = Contexts.runner()
            .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
            .withBean("greeter", DispatcherFactory.class, () -> Greeter::new)
            .withBean(SslBundleRegistrar.class, () -> registry -> registry.registerBundle("choosy", choosy()))
            .withPropertyValues("asyncore.server.port=0", "asyncore.server.ssl.bundle=choosy");

    @Test
    void aKeyManagerThatWantsAHostIsTriedAndToldOfOnce(CapturedOutput output) {
        runner.run(context -> {
            assertThat(asking).hasSize(1);
            assertThat(output.getOut().split("refuses a client", -1)).hasSize(2);
            assertThat(context.getBean(AsyncoreServers.class).get("default").isRunning())
                    .isTrue();
        });
    }

    private SslBundle choosy() {
        PemSslStoreDetails details =
                PemSslStoreDetails.forCertificate(SERVER.certificate()).withPrivateKey(SERVER.key());
        SslBundle plain = SslBundle.of(new PemSslStoreBundle(details, null));
        X509ExtendedKeyManager keys =
                (X509ExtendedKeyManager) plain.getManagers().getKeyManagers()[0];
        return SslBundle.of(
                plain.getStores(),
                plain.getKey(),
                plain.getOptions(),
                plain.getProtocol(),
                new Managers(plain.getManagers(), new Choosy(keys)));
    }

    private record Managers(SslManagerBundle plain, KeyManager keys) implements SslManagerBundle {

        @Override
        public KeyManagerFactory getKeyManagerFactory() {
            return plain.getKeyManagerFactory();
        }

        @Override
        public KeyManager[] getKeyManagers() {
            return new KeyManager[] {keys};
        }

        @Override
        public TrustManagerFactory getTrustManagerFactory() {
            return plain.getTrustManagerFactory();
        }
    }

    /** Has no key for a client that names no host, as a trial is. */
    private final class Choosy extends X509ExtendedKeyManager {

        private final X509ExtendedKeyManager keys;

        Choosy(X509ExtendedKeyManager keys) {
            this.keys = keys;
        }

        @Override
        public @Nullable String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
            asking.add(engine);
            return null;
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return keys.getClientAliases(type, issuers);
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return keys.chooseClientAlias(types, issuers, socket);
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return keys.getServerAliases(type, issuers);
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return keys.chooseServerAlias(type, issuers, socket);
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return keys.getCertificateChain(alias);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return keys.getPrivateKey(alias);
        }
    }
}
