package io.asyncore.spring.context;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Says in the words of the configuration what an option of a {@link io.asyncore.server.Server} says in its own: its message
 * begins with the option's name and may name others, such as {@code limits.perPeer}.
 */
public final class OptionFailure {

    private static final Pattern FIRST = Pattern.compile("[a-z]\\w*(\\.\\w+)?");
    private static final Pattern GROUPED =
            Pattern.compile("\\b(limits|timeouts|writeBuffer|socket|proxyProtocol|filter|ssl)\\.([a-z]\\w*)");
    private static final Pattern VALUE = Pattern.compile("but is (?:'(.*)'|([^;]*))|'(.*?)'");

    /** Options of the builder whose keys are called otherwise. */
    private static final Map<String, String> OTHERWISE = Map.of(
            "loopTimeout", "asyncore.loop.timeout",
            "slowCallback", "asyncore.loop.slow-callback",
            "busyPoll", "asyncore.loop.busy-poll");

    private final String prefix;

    private OptionFailure(String prefix) {
        this.prefix = prefix;
    }

    /** What to throw for an option that was refused. */
    public static InvalidConfigurationPropertyValueException of(String server, IllegalArgumentException refused) {
        return new OptionFailure(ServerSpec.prefix(server)).translate(String.valueOf(refused.getMessage()), "");
    }

    /** The same when customizers have had their word. */
    static InvalidConfigurationPropertyValueException ofBuilt(String server, IllegalArgumentException refused) {
        return new OptionFailure(ServerSpec.prefix(server))
                .translate(
                        String.valueOf(refused.getMessage()),
                        " (if that is not what the property says, an AsyncoreServerCustomizer does)");
    }

    private InvalidConfigurationPropertyValueException translate(String message, String hint) {
        Matcher option = FIRST.matcher(message);
        if (!option.lookingAt()) {
            return new InvalidConfigurationPropertyValueException(prefix, "", message + hint);
        }
        String key = key(option.group());
        String rest = GROUPED.matcher(message.substring(option.end())).replaceAll(each -> key(each.group()));
        return new InvalidConfigurationPropertyValueException(key, value(message), key + rest + hint);
    }

    private String key(String option) {
        String known = OTHERWISE.get(option);
        return known != null ? known : prefix + "." + DataObjectPropertyName.toDashedForm(option);
    }

    /** As far as the message tells; Boot prefers what it finds in the environment. */
    private static String value(String message) {
        Matcher value = VALUE.matcher(message);
        if (!value.find()) {
            return "";
        }
        MatchResult found = value.toMatchResult();
        for (int group = 1; group <= found.groupCount(); group++) {
            if (found.group(group) != null) {
                return found.group(group).equals("empty") ? "" : found.group(group);
            }
        }
        return "";
    }
}
