package dev.adjoint.draw.svg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberTextTest {
    @ParameterizedTest
    @CsvSource({
        "0.7310586, 0.73",
        "-2, −2.00",
        "0, 0.00",
        "-0.0, 0.00",
        "0.017986, 0.018",
        "0.0999, 0.10",
        "0.00012, 0.00012",
        "-0.000001234, −1.2e-6",
        "12345.678, 12345.68",
        "99999.999, 1e5",
        "1234567, 1.23e6",
        "NaN, NaN",
        "Infinity, ∞",
        "-Infinity, −∞"
    })
    void wiresShowTwoDecimals(double number, String text) {
        assertThat(NumberText.twoDecimals(number)).isEqualTo(text.replace("e-", "e−"));
    }

    @ParameterizedTest
    @CsvSource({
        "2, 2",
        "-0.0, 0",
        "0.5, 0.5",
        "3.14159, 3.142",
        "123.456, 123.5",
        "1000000, 1000000",
        "123456789, 1.235e8",
        "1e-9, 1e-9",
        "9.99996, 10"
    })
    void significantDigitsHaveNoZerosAtTheEnd(double number, String text) {
        assertThat(NumberText.significant(number, 4)).isEqualTo(text.replace("e-", "e−"));
    }

    @Test
    void bytesHaveTheLargestUnit() {
        assertThat(NumberText.bytes(0)).isEqualTo("0 B");
        assertThat(NumberText.bytes(1023)).isEqualTo("1023 B");
        assertThat(NumberText.bytes(1536)).isEqualTo("1.5 KiB");
        assertThat(NumberText.bytes(884_736)).isEqualTo("864 KiB");
        assertThat(NumberText.bytes(5L << 40)).isEqualTo("5 TiB");
    }
}
