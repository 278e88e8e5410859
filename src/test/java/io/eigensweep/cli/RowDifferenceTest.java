package io.eigensweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowDifferenceTest {

  private static Map<String, @Nullable Object> row(String cpu) {
    Map<String, @Nullable Object> row = new HashMap<>();
    row.put("trial_id", "a");
    row.put("status", "SUCCEEDED");
    row.put("psnr", 30.0);
    row.put("lambda_min", null);
    row.put("cpu", cpu);
    row.put("blas", "openblas");
    row.put("host", "one");
    row.put("started_at", Instant.EPOCH);
    row.put("curve", List.of(Map.of("epoch", 1, "loss", 0.5, "seconds", 1.0)));
    row.put("spectra", List.of(Map.of("term", "total", "eigenvalues", List.of(-1e-15, 2.0))));
    return row;
  }

  private static Map<String, @Nullable Object> with(
      Map<String, @Nullable Object> row, String column, @Nullable Object value) {
    Map<String, @Nullable Object> changed = new HashMap<>(row);
    changed.put(column, value);
    return changed;
  }

  @Test
  void passesOverTheCircumstances() {
    Map<String, @Nullable Object> other = with(row("x"), "host", "two");
    other = with(other, "started_at", Instant.MAX);
    other = with(other, "curve", List.of(Map.of("epoch", 1, "loss", 0.5, "seconds", 9.0)));

    assertThat(RowDifference.of(row("x"), other)).isEmpty();
  }

  @Test
  void wantsEveryBitOnTheSameProcessorAndLibrary() {
    assertThat(RowDifference.of(row("x"), with(row("x"), "psnr", Math.nextUp(30.0))))
        .singleElement()
        .asString()
        .startsWith("psnr: 30 committed, ");
    assertThat(RowDifference.of(row("x"), with(row("x"), "lambda_min", 1.0)))
        .containsExactly("lambda_min:  committed, 1 now");
    assertThat(
            RowDifference.of(
                row("x"),
                with(
                    row("x"),
                    "spectra",
                    List.of(Map.of("term", "total", "eigenvalues", List.of(-2e-15, 2.0))))))
        .containsExactly("spectra[0].eigenvalues[0]: -1E-15 committed, -2E-15 now");
  }

  @Test
  void allowsForRoundingElsewhere() {
    Map<String, @Nullable Object> near = with(row("y"), "psnr", 30.01);
    near = with(near, "lambda_min", 1e-9);
    near =
        with(
            near,
            "spectra",
            List.of(Map.of("term", "total", "eigenvalues", List.of(1e-4, 2.0001))));

    assertThat(RowDifference.of(row("x"), near)).isEmpty();
    assertThat(RowDifference.of(row("x"), with(row("y"), "psnr", 30.1))).hasSize(1);
    assertThat(RowDifference.of(row("x"), with(row("y"), "status", "DIVERGED"))).hasSize(1);
    assertThat(RowDifference.of(row("x"), with(row("y"), "psnr", null))).hasSize(1);
  }

  @Test
  void tellsListsOfDifferentLength() {
    assertThat(RowDifference.of(row("x"), with(row("x"), "curve", new ArrayList<>())))
        .singleElement()
        .asString()
        .startsWith("curve: ");
  }
}
