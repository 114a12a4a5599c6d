package dev.adjoint;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CORE = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void everythingIsLookedAt() {
        assertThat(CORE.size()).isGreaterThan(150);
    }

    @Test
    void tensorsAndOperatorsKnowNothingBelowThem() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.adjoint.tensor..", "dev.adjoint.op..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.adjoint.graph..", "dev.adjoint.transform..")
                .check(CORE);
    }

    @Test
    void graphsKnowNoTransformations() {
        noClasses()
                .that()
                .resideInAPackage("dev.adjoint.graph..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.adjoint.transform..")
                .check(CORE);
    }

    @Test
    void needsTheJdkAlone() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.adjoint..", "java..", "org.jspecify.annotations..")
                .check(CORE);
    }

    @Test
    void namesSayWhatThingsAre() {
        noClasses()
                .should()
                .haveNameMatching(".*\\.(Abstract|Base)[A-Z][^.]*|.*(Util|Utils|Helper|Manager|Impl)")
                .check(CORE);
    }

    @Test
    void noFieldIsGlobalAndMutable() {
        fields().that().areStatic().should().beFinal().check(CORE);
    }
}
