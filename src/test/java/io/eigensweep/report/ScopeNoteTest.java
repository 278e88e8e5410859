package io.eigensweep.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.aggregate.TrialRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScopeNoteTest {
  private static TrialRow row(@Nullable String scope, int points, int training) {
    Map<String, @Nullable Object> row = new HashMap<>();
    for (String column : List.of("trial_id", "signal_kind", "signal_id", "encoding")) {
      row.put(column, "x");
    }
    row.put("seed", "0");
    row.put("status", "SUCCEEDED");
    row.put("kernel_epoch", 300);
    row.put("lambda_min_resolved", true);
    row.put("lambda_min", 1.0);
    row.put("lambda_min_scope", scope);
    row.put("lambda_min_points", points);
    row.put("training_points", training);
    return TrialRow.of(row::get);
  }

  @Test
  void saysOfWhichPointsEigenvaluesAre() {
    assertThat(ScopeNote.of(List.of())).isEmpty();
    assertThat(ScopeNote.of(List.of(row(null, 1, 1)))).isEmpty();
    assertThat(ScopeNote.of(List.of(row("window", 1024, 16_384), row("window", 1024, 16_384))))
        .isEqualTo(
            "λ_min is of 1,024 neighbouring of 16,384 training points, of the window in which it is"
                + " smallest: an upper bound of that of all of them.");
    assertThat(ScopeNote.of(List.of(row("sample", 576, 4096), row("sample", 1024, 16_384))))
        .isEqualTo(
            "λ_min is of a sample of 576 to 1,024 points, where 4,096 to 16,384 are trained on; that"
                + " of all of them can be smaller by orders of magnitude.");
    assertThat(ScopeNote.of(List.of(row("window", 256, 256))))
        .isEqualTo("λ_min is of every training point (256).");
  }

  @Test
  void scopesAreNeverOneSentence() {
    List<TrialRow> rows = List.of(row("training", 4096, 4096), row("sample", 1024, 4096));
    assertThat(ScopeNote.of(rows))
        .isEqualTo(
            "λ_min is of a sample of 1,024 points, where 4,096 are trained on; that of all of them"
                + " can be smaller by orders of magnitude. λ_min is of every training point (4,096).");
    assertThat(ScopeNote.ofSpectra(rows))
        .startsWith("With the pattern all the spectra are of the window");
  }
}
