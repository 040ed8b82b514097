package io.asyncore;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rules of {@code docs/architecture.md} that a program can check: who knows whom, and what nobody does. */
class ArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.asyncore");

    private static final JavaClasses MAIN_AND_TESTS = new ClassFileImporter().importPackages("io.asyncore");

    @Test
    void aPackageKnowsNothingOfThoseAboveIt() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.asyncore..")
                .layer("transport")
                .definedBy("io.asyncore.transport..")
                .layer("root")
                .definedBy("io.asyncore")
                .layer("chat")
                .definedBy("io.asyncore.chat..")
                .layer("server")
                .definedBy("io.asyncore.server..")
                .whereLayer("transport")
                .mayNotAccessAnyLayer()
                .whereLayer("root")
                .mayOnlyAccessLayers("transport")
                .whereLayer("chat")
                .mayOnlyAccessLayers("transport", "root")
                .whereLayer("server")
                .mayOnlyAccessLayers("transport", "root", "chat")
                .ensureAllClassesAreContainedInArchitecture()
                .check(MAIN);
    }

    @Test
    void packagesFormNoCycle() {
        slices().assignedFrom(new SlicePerPackage()).should().beFreeOfCycles().check(MAIN);
    }

    /** Of the JDK's own modules {@code jdk.net} alone, which need not be there. */
    @Test
    void theJdkAndSlf4jAreEnough() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.asyncore..", "java..", "javax..", "jdk.net..", "org.slf4j..", "org.jspecify..")
                .check(MAIN);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(MAIN.stream().map(JavaClass::getPackage).collect(Collectors.toSet()))
                .isNotEmpty()
                .filteredOn(each -> !each.isAnnotatedWith(NullMarked.class))
                .extracting(JavaPackage::getName)
                .isEmpty();
    }

    @Test
    void logsGoToSlf4jAlone() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .check(MAIN);
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(MAIN);
    }

    /**
     * Time is what an injected clock says; {@code Nanos} has the one that is injected by default. Only what certificates say of
     * their time is the day.
     */
    @Test
    void nobodyReadsAClock() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.asyncore.Nanos")
                .and()
                .doNotHaveFullyQualifiedName("io.asyncore.transport.tls.CertificateDates")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethodWhere(target(owner(resideInAPackage("java.time.."))).and(target(name("now"))))
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Date")
                .check(MAIN);
    }

    @Test
    void nobodySleeps() {
        noClasses()
                .should()
                .callMethodWhere(target(owner(name(Thread.class.getName()))).and(target(name("sleep"))))
                .orShould()
                .callMethodWhere(target(owner(name(TimeUnit.class.getName()))).and(target(name("sleep"))))
                .check(MAIN_AND_TESTS);
    }

    private static final class SlicePerPackage implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass each) {
            return SliceIdentifier.of(each.getPackageName());
        }

        @Override
        public String getDescription() {
            return "one slice per package";
        }
    }
}
