package io.asyncore.spring.autoconfigure;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The environment variables with which Kubernetes tells each container of the services of its namespace. Those of a service
 * called {@code asyncore-server} have the names of our keys: {@code ASYNCORE_SERVER_PORT=tcp://10.0.0.1:9000}.
 */
final class ServiceLinks {

    private static final Pattern ADDRESS = Pattern.compile("(tcp|udp|sctp)://.+:\\d+");
    private static final Pattern NAME = Pattern.compile("asyncore_(.*_)?(service_(host|port)|port_\\d+_).*");

    private ServiceLinks() {}

    /** Is a variable of this name, in lower case, such a one, and no key that somebody has misspelt? */
    static boolean isName(String variable) {
        return NAME.matcher(variable).matches();
    }

    /** Is this what such a variable says if its name could be a key's? */
    static boolean isAddress(@Nullable Object value) {
        return ADDRESS.matcher(String.valueOf(value)).matches();
    }

    /** Was a key's value, which cannot be read, meant for somebody else? */
    static boolean isOne(ConfigurationProperty property) {
        return isAddress(property.getValue())
                && property.getSource() != null
                && property.getSource().getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
    }

    /** What to do about it. */
    static String remedy(ConfigurationPropertyName key) {
        return "Kubernetes sets this variable for a service called '"
                + key.getParent().toString().replace('.', '-')
                + "': rename the service, or set 'enableServiceLinks: false' for the pod"
                + (GroupKeys.valueType(key).isEmpty()
                        ? "."
                        : ", or" + ifYours(key) + " set " + key
                                + " by an argument or a system property, which count before the environment.");
    }

    /** The default server is there in any case; another one perhaps by this variable alone. */
    private static String ifYours(ConfigurationPropertyName key) {
        return key.getElement(1, Form.UNIFORM).equals("servers") ? ", if that server is yours," : "";
    }
}
