package io.asyncore.cpython;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.interop.Markdown;
import io.asyncore.interop.ProjectFiles;
import io.asyncore.interop.PublicNames;
import io.asyncore.interop.Python;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The guide's table of the API leaves no Python name out, and each Java name in it exists. */
class ApiTableTest {

    private static final List<String> HEADINGS = List.of(
            "### The module `asyncore`",
            "### `asyncore.dispatcher`",
            "### `asyncore.dispatcher_with_send`",
            "### `asyncore.file_wrapper` and `asyncore.file_dispatcher`",
            "### The module `asynchat`",
            "### Only here");

    private static final Pattern QUOTED = Pattern.compile("`([\\w.]+)[^`]*`");

    private static Stream<String> names(int column) {
        Markdown guide = new Markdown(ProjectFiles.text(ProjectFiles.guide()));
        return HEADINGS.stream()
                .flatMap(heading -> guide.rowsUnder(heading).stream())
                .flatMap(row -> QUOTED.matcher(row.get(column)).results())
                .map((MatchResult quoted) -> quoted.group(1))
                .distinct();
    }

    static Stream<String> javaNames() {
        return names(1);
    }

    @Test
    void everyPublicNameOfPythonIsInTheTable() {
        assertThat(names(0).toList()).containsAll(KnownNames.of("cpython-names.txt", "3.11", "2.7"));
    }

    @ParameterizedTest
    @MethodSource("javaNames")
    void theJavaNameExists(String name) {
        PublicNames.check(name);
    }

    /** The list of Python's names is right: asks the installed Python. */
    @Test
    void theNamesAreTheOnesOfPython() throws Exception {
        Python python = Python.orSkip("3.11", "asyncore, asynchat");

        assertThat(KnownNames.printedBy(python, "list_public_names.py"))
                .containsExactlyInAnyOrderElementsOf(KnownNames.of("cpython-names.txt", "3.11"));
    }
}
