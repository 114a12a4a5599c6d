package dev.adjoint.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.adjoint.op.Sample;
import dev.adjoint.tensor.Key;
import dev.adjoint.testkit.Fixtures.Cube;
import dev.adjoint.testkit.Fixtures.GreedyMax;
import dev.adjoint.testkit.Fixtures.SinCos;
import dev.adjoint.testkit.Fixtures.WrongSquare;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

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
        assertThat(broken).extracting(LawCase::law).containsExactly(Law.FIRST_ORDER, Law.SECOND_ORDER, Law.TRANSPOSE);
    }

    @Test
    void aDerivativeThatIsTooLargeAtATieBreaksTheLawOfTies() {
        List<LawCase> broken = OpLaws.of(GreedyMax.class).cases().stream()
                .filter(OpLawsTest::isBroken)
                .toList();
        assertThat(broken).extracting(LawCase::law).containsExactly(Law.TIES);
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
                .hasMessageStartingWith("3 of 10 cases are broken:\n"
                        + "  wrongsquare on f64[2]: both modes agree with central differences: broken: relative error of"
                        + " forward mode ")
                .hasMessageContaining("(Key[bits=");
    }
}
