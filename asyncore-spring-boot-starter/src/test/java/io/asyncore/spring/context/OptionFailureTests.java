package io.asyncore.spring.context;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** What the core says of its options, in the words of the configuration. */
class OptionFailureTests {

    private static InvalidConfigurationPropertyValueException told(String message) {
        return OptionFailure.ofBuilt("default", new IllegalArgumentException(message));
    }

    /** As the core says it where there is no IPv6, which this JVM may have. */
    @Test
    void anAddressThatCannotBe() {
        InvalidConfigurationPropertyValueException failure = told(
                "address must be one of IPv4, but is 0:0:0:0:0:0:0:1; this JVM has no IPv6: its machine has none, or the"
                        + " property java.net.preferIPv4Stack is set");
        assertThat(failure.getName()).isEqualTo("asyncore.server.address");
        assertThat(failure.getValue()).isEqualTo("0:0:0:0:0:0:0:1");
        assertThat(failure.getReason())
                .startsWith(
                        "asyncore.server.address must be one of IPv4, but is 0:0:0:0:0:0:0:1; this JVM has no IPv6: ");
    }
}
