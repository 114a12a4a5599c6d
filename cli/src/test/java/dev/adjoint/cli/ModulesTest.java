package dev.adjoint.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Imports run down the path of data: a package uses only what stands above it.
final class ModulesTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.adjoint");

    /// The path of data. `tensor` and `op` are one layer, and so are the packages of one entry.
    private static final List<List<String>> PATH = List.of(
            List.of("dev.adjoint.tensor..", "dev.adjoint.op.."),
            List.of("dev.adjoint.graph"),
            List.of("dev.adjoint.transform"),
            List.of("dev.adjoint.compile"),
            List.of("dev.adjoint.run", "dev.adjoint.jvm.."),
            List.of("dev.adjoint.explain"),
            List.of("dev.adjoint.testkit.."),
            List.of("dev.adjoint.onednn"),
            List.of("dev.adjoint.nn"),
            List.of("dev.adjoint.nn.recurrent"),
            List.of("dev.adjoint.nn.transformer"),
            List.of("dev.adjoint.nn.zoo"),
            List.of("dev.adjoint.train.optimizer", "dev.adjoint.train.metric"),
            List.of("dev.adjoint.train"),
            List.of("dev.adjoint.train.search"),
            List.of("dev.adjoint.data"),
            List.of("dev.adjoint.data.idx"),
            List.of("dev.adjoint.data.generated"),
            List.of("dev.adjoint.data.table"),
            List.of("dev.adjoint.data.text"),
            List.of("dev.adjoint.data.transform"),
            List.of("dev.adjoint.data.image"),
            List.of("dev.adjoint.data.loader"),
            List.of("dev.adjoint.data.download"),
            List.of("dev.adjoint.data.catalog"),
            List.of("dev.adjoint.io.."),
            List.of("dev.adjoint.draw.."),
            List.of("dev.adjoint.bench.."),
            List.of("dev.adjoint.cli.text"),
            List.of("dev.adjoint.cli.expression"),
            List.of("dev.adjoint.cli.training"),
            List.of("dev.adjoint.cli.reference"),
            List.of("dev.adjoint.cli"));

    @Test
    void everyPackageIsOnThePath() {
        String[] all = PATH.stream().flatMap(List::stream).toArray(String[]::new);
        assertThat(CLASSES.that(resideInAnyPackage("dev.adjoint..")))
                .allMatch(resideInAnyPackage(all))
                .hasSizeGreaterThan(200);
    }

    @Test
    void importsRunDownhill() {
        for (int i = 0; i < PATH.size(); i++) {
            String[] below = PATH.subList(i + 1, PATH.size()).stream()
                    .flatMap(List::stream)
                    .toArray(String[]::new);
            if (below.length > 0) {
                noClasses()
                        .that()
                        .resideInAnyPackage(PATH.get(i).toArray(String[]::new))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(below)
                        .check(CLASSES);
            }
        }
    }

    @Test
    void nobodyImportsTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.adjoint.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.adjoint.cli..")
                .check(CLASSES);
    }

    @Test
    void thePackagesOfTheCommandLineHaveNoCycles() {
        slices().matching("dev.adjoint.cli.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void noClassIsNamedAfterWhatItIsNot() {
        for (String ending : List.of("Util", "Utils", "Helper", "Manager", "Impl")) {
            noClasses().should().haveSimpleNameEndingWith(ending).check(CLASSES);
        }
    }
}
