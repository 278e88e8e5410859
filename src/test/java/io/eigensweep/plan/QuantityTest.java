package io.eigensweep.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0.0 s",
    "0.04, 0.0 s",
    "9.94, 9.9 s",
    "9.96, 10 s",
    "59.4, 59 s",
    "59.6, 1 min",
    "61, 1 min 1 s",
    "3599.4, 59 min 59 s",
    "3599.6, 1 h",
    "11520, 3 h 12 min",
    "86400, 24 h",
    "172799, 2 d",
    "180000, 2 d 2 h",
    "360000000, '4,166 d 16 h'"
  })
  void writesDurations(double seconds, String text) {
    assertThat(Quantity.duration(seconds)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "1048575, 1.0 MiB",
    "432013312, 412 MiB",
    "6442450944, 6.0 GiB",
    "9223372036854775807, 8.0 EiB"
  })
  void writesBytes(long bytes, String text) {
    assertThat(Quantity.bytes(bytes)).isEqualTo(text);
  }

  @Test
  void writesOperations() {
    assertThat(Quantity.flops(3.14159e13)).isEqualTo("3.14e+13 FLOP");
  }

  @Test
  void writesCounts() {
    assertThat(Quantity.count(0, "trial")).isEqualTo("0 trials");
    assertThat(Quantity.count(1, "trial")).isEqualTo("1 trial");
    assertThat(Quantity.count(22_800, "trial")).isEqualTo("22,800 trials");
    assertThat(Quantity.count(2, "class")).isEqualTo("2 classes");
  }
}
