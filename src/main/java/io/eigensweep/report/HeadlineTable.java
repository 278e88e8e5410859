package io.eigensweep.report;

import io.eigensweep.aggregate.Headline;
import io.eigensweep.aggregate.PairedComparison;
import io.eigensweep.measure.QualityMeasures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The paper's headline numbers, each beside what the sweep has measured, as a table of text. */
public final class HeadlineTable {
  private static final List<String> HEADER =
      List.of(
          "Multigrid over",
          "setting",
          "reference",
          "pairs",
          "λ_min orders",
          "paper: orders",
          "Δ PSNR dB",
          "paper: PSNR",
          "Δ MS-SSIM",
          "paper: MS-SSIM");

  private HeadlineTable() {}

  /** One row for each of {@code headlines}. */
  public static Table of(List<Headline> headlines) {
    List<List<@Nullable String>> cells = new ArrayList<>();
    for (Headline headline : headlines) {
      PairedComparison measured = headline.measured();
      cells.add(
          Arrays.asList(
              headline.reference() == Headline.Reference.IDENTITY ? "identity" : "best fourier",
              headline.setting(),
              measured.setting(),
              Integer.toString(measured.of(QualityMeasures.PSNR).n()),
              Format.orders(measured.orders()),
              Format.claimed(headline.claimed().orders()),
              Format.difference(measured.of(QualityMeasures.PSNR), 2),
              Format.claimed(headline.claimed().psnr()),
              Format.difference(measured.of(QualityMeasures.MS_SSIM), 3),
              Format.claimed(headline.claimed().msSsim())));
    }
    return new Table(HEADER, cells);
  }
}
