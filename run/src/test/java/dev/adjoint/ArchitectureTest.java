package dev.adjoint;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// A package imports only from packages above it: compile → run → jvm.
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.adjoint.compile", "dev.adjoint.run", "dev.adjoint.jvm", "dev.adjoint.explain");

    @Test
    void compileKnowsNothingBelowIt() {
        noClasses()
                .that()
                .resideInAPackage("dev.adjoint.compile")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.adjoint.run", "dev.adjoint.jvm")
                .check(CLASSES);
    }

    @Test
    void runKnowsNothingBelowIt() {
        noClasses()
                .that()
                .resideInAPackage("dev.adjoint.run")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.adjoint.jvm", "dev.adjoint.explain")
                .check(CLASSES);
    }

    @Test
    void noCycles() {
        slices().matching("dev.adjoint.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void nothingButTheJdkAndCore() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "jdk.incubator.vector",
                        "org.jspecify.annotations",
                        "dev.adjoint.tensor",
                        "dev.adjoint.op..",
                        "dev.adjoint.graph",
                        "dev.adjoint.transform",
                        "dev.adjoint.compile",
                        "dev.adjoint.run",
                        "dev.adjoint.jvm",
                        "dev.adjoint.explain")
                .check(CLASSES);
    }

    /// The module is optional: only a class that is loaded where it is there may name it.
    @Test
    void oneClassKnowsTheVectorApi() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.adjoint.jvm.VectorProduct")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator.vector")
                .check(CLASSES);
    }
}
