package io.eigensweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.result.RowLabel;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.TrialId;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SlowLibraryTextTest {
  private static RowLabel row(String host, @Nullable String problem) {
    return new RowLabel(
        new TrialId("aaaaaaaaaaaaaaaa"),
        Status.SUCCEEDED,
        null,
        null,
        "generated",
        null,
        "star-0",
        null,
        host,
        problem,
        1);
  }

  private static String text(List<RowLabel> rows) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SlowLibraryText.print(rows, new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void saysHowManyOnWhichMachineAndWhy() {
    assertThat(
            text(
                List.of(
                    row("a", null),
                    row("b", "no room"),
                    row("c", "noexec"),
                    row("c", "noexec"),
                    row("b", null))))
        .isEqualTo(
            """
            3 of 5 trials ran without OpenBLAS, on the slower Java library:
              2 on c: noexec
              1 on b: no room
            """);
  }

  @Test
  void saysNothingWhereNoneDid() {
    assertThat(text(List.of(row("a", null)))).isEmpty();
    assertThat(text(List.of())).isEmpty();
  }
}
