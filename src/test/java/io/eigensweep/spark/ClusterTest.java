package io.eigensweep.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "local              | local[1,4]",
        "local[*]           | local[*,4]",
        "local[2]           | local[2,4]",
        "local[2,1]         | local[2,1]",
        "yarn               | yarn",
        "spark://host:7077  | spark://host:7077",
      })
  void givesATrialSeveralAttemptsInLocalModeToo(String master, String expected) {
    assertThat(Cluster.withAttempts(master)).isEqualTo(expected);
  }
}
