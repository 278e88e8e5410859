package io.eigensweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparkReleaseTest {
  private static final SparkRelease WANTED = new SparkRelease("4.2.0", "2.13");

  @ParameterizedTest
  @CsvSource({
    "4.2.0, 2.13.18, true",
    "4.2.1-SNAPSHOT, 2.13.99, true",
    "4.10.0, 2.13.18, true",
    "4.1.3, 2.13.18, false",
    "3.5.6, 2.12.18, false",
    "3.5.6, 2.13.8, false",
    "5.0.0, 2.13.18, false",
    "4.2.0, 3.7.1, false",
    "'', '', true",
    "unknown, '', true",
  })
  void takesTheSameMajorVersionAndScala(String spark, String scala, boolean fits) {
    assertThat(new SparkRelease(spark, scala).misfit(WANTED).isEmpty()).isEqualTo(fits);
  }

  @Test
  void saysWhatIsThereAndWhatIsNeeded() {
    assertThat(new SparkRelease("3.5.6", "2.12.18").misfit(WANTED))
        .contains(
            "this is Spark 3.5.6 with Scala 2.12; needed is Spark 4.2.0 or a later one of its major"
                + " version with Scala 2.13 (see SPARK_HOME)");
  }

  @Test
  void knowsThisProcess() {
    assertThat(SparkRelease.present().spark()).startsWith("4.");
    assertThat(SparkRelease.present().scala()).startsWith("2.13.");
    assertThat(SparkRelease.present().misfit(SparkRelease.builtFor())).isEmpty();
  }
}
