package io.asyncore.cpython;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.ChannelOptions;
import io.asyncore.interop.Markdown;
import io.asyncore.interop.ProjectFiles;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the guide says that holds by default is what holds by default, and it leaves nothing out. */
class DefaultsTest {

    @Test
    void theTableIsRight() throws Exception {
        Map<String, String> documented = new LinkedHashMap<>();
        for (List<String> row :
                new Markdown(ProjectFiles.text(ProjectFiles.guide())).rowsUnder("## What holds by default")) {
            documented.put(row.get(0), row.get(1));
            assertThat(row.get(2)).isNotBlank();
        }
        Map<String, String> actual = new LinkedHashMap<>();
        for (RecordComponent option : ChannelOptions.class.getRecordComponents()) {
            actual.put(
                    "`" + option.getName() + "`", written(option.getAccessor().invoke(ChannelOptions.DEFAULTS)));
        }
        actual.remove("`tls`"); // no limit
        assertThat(documented).containsExactlyInAnyOrderEntriesOf(actual);
    }

    private static String written(@Nullable Object value) {
        if (value instanceof Duration time) {
            return "`" + time.toSeconds() + "s`";
        } else if (value instanceof Integer bytes) {
            return bytes < 1024 * 1024 ? "`" + bytes / 1024 + "KiB`" : "`" + bytes / 1024 / 1024 + "MiB`";
        }
        return "none";
    }
}
