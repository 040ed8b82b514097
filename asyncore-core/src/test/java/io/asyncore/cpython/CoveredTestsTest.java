package io.asyncore.cpython;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.interop.Markdown;
import io.asyncore.interop.ProjectFiles;
import io.asyncore.interop.Python;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The guide's list of CPython's tests leaves none out, and each Java test that it names is one. */
class CoveredTestsTest {

    /** A row of the guide's list. */
    record Row(String file, String originalClass, String original, String javaClass, String javaMethod) {

        static Row of(List<String> cells) {
            String[] java = unquoted(cells.get(3)).split("#");
            return new Row(unquoted(cells.get(0)), unquoted(cells.get(1)), unquoted(cells.get(2)), java[0], java[1]);
        }

        private static String unquoted(String cell) {
            assertThat(cell).startsWith("`").endsWith("`");
            return cell.substring(1, cell.length() - 1);
        }

        String originalName() {
            return file + " " + originalClass + " " + original;
        }

        @Override
        public String toString() {
            return originalName();
        }
    }

    static List<Row> rows() {
        return new Markdown(ProjectFiles.text(ProjectFiles.guide()))
                .rowsUnder("## CPython's tests").stream().map(Row::of).toList();
    }

    @Test
    void everyOriginalIsListedOnceAndNothingElse() {
        assertThat(rows().stream().map(Row::originalName))
                .containsExactlyInAnyOrderElementsOf(KnownNames.of("cpython-tests.txt", "3.11", "2.7"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theJavaTestExistsAndRuns(Row row) throws ClassNotFoundException {
        Class<?> testClass = Class.forName(getClass().getPackageName() + "." + row.javaClass());
        assertThat(testClass).matches(type -> !Modifier.isAbstract(type.getModifiers()), "is not abstract");

        List<Method> methods = Stream.of(testClass.getDeclaredMethods())
                .filter(method -> method.getName().equals(row.javaMethod()))
                .toList();
        assertThat(methods).singleElement().matches(CoveredTestsTest::isTest, "is a test");
    }

    private static boolean isTest(Method method) {
        return method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class);
    }

    /** A reader who looks for {@code test_handle_close} finds {@code testHandleClose}. */
    @ParameterizedTest
    @MethodSource("rows")
    void theNameIsTheOriginalInCamelCase(Row row) {
        StringBuilder camel = new StringBuilder();
        for (String word : row.original().split("_")) {
            camel.append(camel.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        assertThat(row.javaMethod()).isEqualTo(camel.toString());
    }

    /** The list that the others are compared with is right: asks the installed Python for its test files. */
    @ParameterizedTest
    @ValueSource(strings = {"3.11", "2.7"})
    void theOriginalsAreTheOnesOfPython(String version) throws Exception {
        Python python = Python.orSkip(version, "asyncore, asynchat, test.test_asyncore, test.test_asynchat");
        List<String> known = KnownNames.of("cpython-tests.txt", version.equals("2.7") ? version : "3.11");

        List<String> installed = KnownNames.printedBy(python, "list_test_cases.py");
        if (version.equals("2.7")) {
            assertThat(installed).containsAll(known);
            assertThat(KnownNames.of("cpython-tests.txt", "3.11", "2.7")).containsAll(installed);
        } else {
            assertThat(installed).containsExactlyInAnyOrderElementsOf(known);
        }
    }
}
