package io.eigensweep.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.aggregate.Comparison;
import io.eigensweep.aggregate.ComparisonRow;
import io.eigensweep.aggregate.TrialRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Surfaces in the comparison, next to what pictures have. */
class SurfaceTablesTest {
  private static TrialRow row(String encoding, String mesh, @Nullable Double near, double score) {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("trial_id", encoding + mesh);
    values.put("status", "SUCCEEDED");
    values.put("signal_kind", "mesh");
    values.put("signal_id", mesh);
    values.put("seed", "0");
    values.put("encoding", encoding);
    values.put("psnr", 20.0);
    values.put("iou", 0.9);
    values.put("iou_near", near);
    values.put("chamfer_l1", near == null ? null : 0.004);
    values.put("f_score", score);
    values.put("normal_consistency", near == null ? null : 0.98);
    return TrialRow.of(values::get);
  }

  private final List<ComparisonRow> rows =
      Comparison.of(
              List.of(
                  row("identity", "a.ply", null, 0),
                  row("multigrid", "a.ply", 0.8, 0.5),
                  row("multigrid", "b.ply", 0.9, 0.9)))
          .rows();

  @Test
  void statisticsAreOverTheSurfacesWithAValue() {
    Map<String, @Nullable Object> values = rows.get(1).values();
    assertThat((Double) values.get("iou_near_mean")).isCloseTo(0.85, within(1e-12));
    assertThat(values).containsEntry("iou_near_n", 2).containsEntry("iou_mean", 0.9);
    assertThat((Double) values.get("f_score_median")).isCloseTo(0.7, within(1e-12));
    assertThat(rows.get(0).values())
        .containsEntry("iou_near_n", 0)
        .containsEntry("iou_near_mean", null)
        .containsEntry("chamfer_l1_mean", null)
        .containsEntry("f_score_mean", 0.0);
  }

  @Test
  void tablesShowSurfacesWhereThereAreSome() {
    for (Table table : List.of(ComparisonTables.narrow(rows), ComparisonTables.printed(rows))) {
      int near = table.header().indexOf("IoU near");
      assertThat(table.header().subList(near, near + 4))
          .containsExactly("IoU near", "F-score", "Chamfer-L1", "normals");
      assertThat(table.cells().get(1).subList(near, near + 4))
          .containsExactly("0.850", "0.700", "0.0040", "0.980");
      assertThat(table.cells().get(0).subList(near, near + 4))
          .containsExactly(null, "0.000", null, null);
    }
  }
}
