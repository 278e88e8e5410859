package io.eigensweep.verify;

import io.eigensweep.metric.PictureMetric;
import io.eigensweep.network.Parameters;
import io.eigensweep.trial.Trial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * What a row says of its trained network beside what its stored weights give here. No training is
 * in between, so nothing is amplified: the kernel agrees within the floors of its spectra, and a
 * metric of the outputs to what rounding moves it by.
 *
 * <p>That is measured: a unit in the last place of every weight moves a sum of q products as the
 * rounding of its products does; the partial sums of the least favourable order grow to √q of their
 * terms, so their rounding is √q times that at most. A metric may be wrong by three standard
 * deviations of this, 3√q times that of {@value #DRAWS} networks whose weights are moved so.
 */
final class WeightsAgreement {
  private static final int DRAWS = 8;

  private static final List<String> METRICS =
      Stream.concat(
              Arrays.stream(PictureMetric.values()).map(PictureMetric::column),
              Stream.of(
                  "psnr",
                  "psnr_trained",
                  "psnr_held_out",
                  "error_detail_share",
                  "detail_kept",
                  "iou",
                  "iou_near",
                  "chamfer_l1",
                  "chamfer_l2",
                  "f_score",
                  "normal_consistency",
                  "extracted_triangles"))
          .toList();

  private final Map<String, @Nullable Object> committed;
  private final Trial trial;
  private final Parameters stored;
  private final Repeats here;

  WeightsAgreement(
      Map<String, @Nullable Object> committed, Trial trial, Parameters stored, Repeats here) {
    this.committed = committed;
    this.trial = trial;
    this.stored = stored;
    this.here = here;
  }

  /** Compares; what was done in a few words. */
  String compare(Findings findings) {
    Map<String, @Nullable Object> evaluated = here.evaluated(stored);
    if (!Facts.repeatable(evaluated)) {
      findings.differs("weights.safetensors: " + evaluated.get("failure_message"));
      return "";
    }
    List<Map<String, @Nullable Object>> moved = new ArrayList<>();
    for (int i = 1; i <= DRAWS; i++) {
      moved.add(here.judged(stored.nudged(i)));
    }
    double amplified = 3 * Math.sqrt(longestSum());
    for (String metric : METRICS) {
      findings.within(
          metric,
          Rows.number(committed, metric),
          Rows.number(evaluated, metric),
          amplified * deviation(metric, evaluated, moved),
          "from the stored weights");
    }
    int eigenvalues = kernels(evaluated, findings);
    return String.format(
        Locale.ROOT,
        "stored weights re-evaluated (PSNR to %.1e dB%s)",
        amplified * deviation("psnr", evaluated, moved),
        eigenvalues == 0 ? "" : ", " + eigenvalues + " eigenvalues to their floors");
  }

  private int kernels(Map<String, @Nullable Object> evaluated, Findings findings) {
    Map<String, Map<String, @Nullable Object>> spectra = Rows.spectra(committed);
    Map<String, Map<String, @Nullable Object>> again = Rows.spectra(evaluated);
    int eigenvalues = 0;
    for (String name : again.keySet()) {
      if (name.startsWith("spectra[" + trial.training().epochs() + " ")) {
        eigenvalues +=
            new SpectrumAgreement(
                    findings, name, spectra.getOrDefault(name, Map.of()), again.get(name))
                .compare();
      }
    }
    return eigenvalues;
  }

  /** Products that one number of the network is a sum of, at most. */
  private int longestSum() {
    return 1 + stored.weights().stream().mapToInt(DMatrixRMaj::getNumCols).max().orElse(0);
  }

  private static double deviation(
      String metric,
      Map<String, @Nullable Object> evaluated,
      List<Map<String, @Nullable Object>> moved) {
    double sum = 0;
    for (Map<String, @Nullable Object> row : moved) {
      double difference = Rows.number(row, metric) - Rows.number(evaluated, metric);
      sum += difference * difference;
    }
    return Math.sqrt(sum / moved.size());
  }
}
