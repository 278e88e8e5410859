package io.eigensweep.aggregate;

import io.eigensweep.measure.QualityMeasures;
import java.util.ArrayList;
import java.util.List;

/**
 * A claim of the paper beside what this sweep has measured: the multigrid encoding against another.
 *
 * @param reference what the multigrid encoding is compared with
 * @param setting the best multigrid setting by mean PSNR ({@link Comparison#best}) of those that
 *     have pairs with the reference; surfaces and pictures with pixels held out, of which the paper
 *     claims nothing, are left out
 * @param measured that setting against the reference
 * @param claimed what the abstract of the paper states
 */
public record Headline(
    Reference reference, String setting, PairedComparison measured, Claim claimed) {

  /** What the multigrid encoding is compared with. */
  public enum Reference {
    IDENTITY,
    FOURIER
  }

  /**
   * Numbers of the paper.
   *
   * @param orders orders of magnitude of λ_min
   * @param psnr difference of PSNR in dB
   * @param msSsim difference of MS-SSIM
   */
  public record Claim(double orders, double psnr, double msSsim) {}

  /** Abstract of "Multigrid Parametric Encodings": over a network without encoding. */
  private static final Claim OVER_IDENTITY = new Claim(8, 15, 0.65);

  /** Abstract of "Multigrid Parametric Encodings": over Fourier feature encodings. */
  private static final Claim OVER_FOURIER = new Claim(2, 12, 0.33);

  /** The claims that {@code comparison} can be held against; a claim without pairs is left out. */
  public static List<Headline> of(Comparison comparison) {
    List<Headline> headlines = new ArrayList<>();
    for (Reference reference : Reference.values()) {
      Claim claim = reference == Reference.IDENTITY ? OVER_IDENTITY : OVER_FOURIER;
      comparison
          .best(row -> isHeldAgainst(row, reference), QualityMeasures.PSNR)
          .map(best -> new Headline(reference, best.setting(), against(best, reference), claim))
          .ifPresent(headlines::add);
    }
    return List.copyOf(headlines);
  }

  /** The paper speaks of pictures all of whose pixels are trained on. */
  private static boolean isHeldAgainst(ComparisonRow row, Reference reference) {
    return row.encoding().equals("multigrid")
        && against(row, reference).of(QualityMeasures.PSNR).n() > 0
        && row.hyperparameter("surface_target") == null
        && !Boolean.TRUE.equals(row.hyperparameter("hold_out"));
  }

  private static PairedComparison against(ComparisonRow row, Reference reference) {
    return reference == Reference.IDENTITY ? row.identity() : row.fourier();
  }
}
