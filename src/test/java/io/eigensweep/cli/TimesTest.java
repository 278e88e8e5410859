package io.eigensweep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class TimesTest {
  private static final ZonedDateTime NOW =
      ZonedDateTime.parse("2026-03-28T22:00+01:00[Europe/Rome]");

  @ParameterizedTest
  @CsvSource({"90s,PT90S", "10m,PT10M", "1h30m,PT90M", "2d,PT48H", "250ms,PT0.25S"})
  void readsDurations(String text, Duration expected) {
    assertThat(new Durations().convert(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "0s", "-1s", "1.5h", "m", "1h 30m", "nan"})
  void refusesOtherDurations(String text) {
    assertThatThrownBy(() -> new Durations().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("duration");
  }

  /** The night of the change to summer time is an hour shorter. */
  @ParameterizedTest
  @CsvSource({
    "07:00,2026-03-29T05:00:00Z",
    "23:30,2026-03-28T22:30:00Z",
    "22:00,2026-03-29T20:00:00Z",
    "2026-04-01T07:00+01:00,2026-04-01T06:00:00Z",
    "2026-04-01T07:00:00Z,2026-04-01T07:00:00Z",
    "2026-04-01T07:00,2026-04-01T05:00:00Z",
    "07:00+01:00,2026-03-29T06:00:00Z",
    "07:00Z,2026-03-29T07:00:00Z",
    "07:00[America/New_York],2026-03-29T11:00:00Z",
    "2026-04-01T07:00[Asia/Tokyo],2026-03-31T22:00:00Z"
  })
  void findsTheNextTimeOfThatName(String text, Instant expected) {
    assertThat(TimeLimit.of(text, NOW).toInstant()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "25:00", "tomorrow", "07:00[Mars/Olympus]", "2020-01-01T00:00Z"})
  void refusesOtherTimes(String text) {
    assertThatThrownBy(() -> TimeLimit.of(text, NOW)).isInstanceOf(TypeConversionException.class);
  }

  @Test
  void saysWhatItHasUnderstood() {
    assertThat(TimeLimit.words(TimeLimit.of("07:00", NOW)))
        .isEqualTo("2026-03-29 07:00:00 +02:00 (Europe/Rome)");
  }

  @Test
  void aWrongTimeIsOneLineOfTheCommand() {
    Program sweep = Program.run("sweep", "job.yaml", "--out", "out", "--finish-by", "noon");
    assertThat(sweep.code()).isEqualTo(2);
    assertThat(sweep.errorLines()).singleElement().asString().contains("--finish-by", "noon");
  }
}
