package io.eigensweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.sweep.SweepSummary;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SweepSummaryTextTest {
  /** A trial that was told to stop may have committed its row all the same. */
  @Test
  void whatStaysPlannedIsWhatHasNoRow() {
    SweepSummary stopped = new SweepSummary(54, 139, 0, "", 2, 0, 0, 0, 0);
    assertThat(printed(stopped, 138, true))
        .isEqualTo(
            """
            138 trials stay planned; the same command goes on with them
            interrupted: what is committed stays
            """);
    assertThat(printed(stopped, 1, false))
        .isEqualTo("1 trial stays planned; the same command goes on with it\n");
    assertThat(printed(stopped, 0, false)).isEmpty();
  }

  @Test
  void whatWasGivenUpIsNotPlanned() {
    SweepSummary failed = new SweepSummary(4, 2, 1, "no disk", 2, 0, 0, 0, 0);
    assertThat(printed(failed, 3, false))
        .isEqualTo(
            """
            1 trial could not be run or stored, the first: no disk
            2 trials stay planned; the same command goes on with them
            """);
  }

  private static String printed(SweepSummary summary, long missing, boolean interrupted) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    SweepSummaryText.print(summary, missing, interrupted, out);
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
