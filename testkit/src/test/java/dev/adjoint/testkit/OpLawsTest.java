package dev.adjoint.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.adjoint.op.Op;
import dev.adjoint.op.Sample;
import dev.adjoint.run.KernelProvider;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.Key;
import dev.adjoint.testkit.Fixtures.Cube;
import dev.adjoint.testkit.Fixtures.GreedyMax;
import dev.adjoint.testkit.Fixtures.SinCos;
import dev.adjoint.testkit.Fixtures.WrongSquare;
import dev.adjoint.testkit.WrongOperators.Descending;
import dev.adjoint.testkit.WrongOperators.FirstAtOnce;
import dev.adjoint.testkit.WrongOperators.HastyLog1p;
import dev.adjoint.testkit.WrongOperators.OppositeAlong;
import dev.adjoint.testkit.WrongOperators.Unlawful;
import dev.adjoint.testkit.WrongOperators.Unpermuted;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OpLawsTest {
    @TestFactory
    Stream<DynamicTest> lawsOfAUsersOperator() {
        return OpLaws.of(Cube.class).cases().stream().map(c -> dynamicTest(c.name(), c::check));
    }

    @Test
    void anOperatorWithTwoResultsObeysTheLaws() {
        OpLaws.of(SinCos.class).check();
    }

    @Test
    void otherKeysGiveOtherPoints() {
        OpLaws.of(Sample.of(new Cube(3)).normal(2)).with(Key.of(1)).check();
    }

    @Test
    void aWrongReverseRuleBreaksTheLawsThatSeeIt() {
        List<LawCase> broken = OpLaws.of(WrongSquare.class).cases().stream()
                .filter(OpLawsTest::isBroken)
                .toList();
        assertThat(broken)
                .extracting(LawCase::law)
                .containsExactly(Law.FIRST_ORDER, Law.SECOND_ORDER, Law.THIRD_ORDER, Law.TRANSPOSE);
    }

    @Test
    void aDerivativeThatIsTooLargeAtATieBreaksTheLawOfTies() {
        List<LawCase> broken = OpLaws.of(GreedyMax.class).cases().stream()
                .filter(OpLawsTest::isBroken)
                .toList();
        assertThat(broken).extracting(LawCase::law).containsExactly(Law.TIES);
    }

    static List<Arguments> operatorsThatBreakOneLaw() {
        return List.of(
                Arguments.of(Descending.class, Law.THIRD_ORDER),
                Arguments.of(HastyLog1p.class, Law.PRECISION),
                Arguments.of(FirstAtOnce.class, Law.EMPTY),
                Arguments.of(OppositeAlong.class, Law.AXES),
                Arguments.of(Unlawful.class, Law.REFUSALS));
    }

    @ParameterizedTest
    @MethodSource("operatorsThatBreakOneLaw")
    void everyLawSeesWhatNoOtherSees(Class<? extends Op> operator, Law law) {
        List<LawCase> broken = OpLaws.of(operator).cases().stream()
                .filter(OpLawsTest::isBroken)
                .toList();
        assertThat(broken).extracting(LawCase::law).containsExactly(law);
    }

    @Test
    void aKernelForPermutationsThatIsWrongBreaksTheLawOfViews() {
        Kernels installed = Kernels.installed();
        List<KernelProvider> providers = new ArrayList<>(List.of(new Unpermuted()));
        providers.addAll(installed.providers());
        Kernels wrong = new Kernels(providers, installed.workers());
        List<LawCase> broken = OpLaws.of(Sample.of(new Cube(2)).normal(2, 3)).with(wrong).cases().stream()
                .filter(OpLawsTest::isBroken)
                .toList();
        assertThat(broken).extracting(LawCase::law).containsExactly(Law.VIEWS);
    }

    private static boolean isBroken(LawCase at) {
        try {
            at.check();
            return false;
        } catch (AssertionError e) {
            return true;
        }
    }

    @Test
    void aBrokenLawNamesOperatorOperandsLawAndKey() {
        assertThatThrownBy(() -> OpLaws.of(WrongSquare.class).check())
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("4 of 18 cases are broken:\n"
                        + "  wrongsquare on f64[2]: both modes agree with central differences: broken: relative error of"
                        + " forward mode ")
                .hasMessageContaining("(Key[bits=");
    }
}
