package io.eigensweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanCommandTest {
  /** The slow library reaches less than 1 GFLOP/s, which is not 0. */
  @ParameterizedTest
  @CsvSource({"103.4, 103", "14.96, 15", "1.44, 1.4", "0.437, 0.44", "0.06, 0.06"})
  void ratesKeepTwoDigits(double rate, String text) {
    assertThat(PlanCommand.rate(rate)).isEqualTo(text);
  }
}
