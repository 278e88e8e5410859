package io.eigensweep.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.measure.QualityMeasures;
import io.eigensweep.metric.Loss;
import io.eigensweep.picture.GeneratedKind;
import io.eigensweep.result.SampleResults;
import io.eigensweep.signal.Coordinates;
import io.eigensweep.signal.Signal;
import io.eigensweep.signal.SurfaceSampling;
import io.eigensweep.signal.SurfaceTarget;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadlineTest {
  private static final Encoding GRID = SampleResults.multigrid(200);

  private static Signal picture(boolean holdOut) {
    return new Signal.GeneratedImage(GeneratedKind.STAR, 64, 0, Coordinates.CENTERS, holdOut);
  }

  private static Signal surface() {
    return new Signal.MeshFile(
        "file:/meshes",
        "a.ply",
        SurfaceTarget.SDF,
        Loss.MSE,
        new SurfaceSampling(0.1, 6000, 0.5, 0.03, 3000, 24, 2000));
  }

  /** The multigrid encoding and the identity on {@code signal}. */
  private static List<TrialRow> pair(Signal signal, double psnr) {
    return List.of(row(signal, GRID, psnr), row(signal, SampleResults.IDENTITY, psnr - 10));
  }

  private static TrialRow row(Signal signal, Encoding encoding, double psnr) {
    return TrialRow.of(
        SampleResults.succeeded(SampleResults.trial(signal, encoding, 10, 0), psnr, 0.5));
  }

  @Test
  void holdsThePapersClaimsAgainstWholePicturesAlone() {
    List<TrialRow> rows = new ArrayList<>(pair(picture(true), 50));
    rows.addAll(pair(surface(), 60));
    assertThat(Comparison.of(rows).rows())
        .anyMatch(row -> row.identity().of(QualityMeasures.PSNR).n() > 0);
    assertThat(Headline.of(Comparison.of(rows))).isEmpty();

    rows.addAll(pair(picture(false), 30));
    List<Headline> headlines = Headline.of(Comparison.of(rows));
    assertThat(headlines).hasSize(1);
    assertThat(headlines.get(0).reference()).isEqualTo(Headline.Reference.IDENTITY);
    assertThat(headlines.get(0).setting()).doesNotContain("SDF", "sdf", "hold_out=true");
  }
}
