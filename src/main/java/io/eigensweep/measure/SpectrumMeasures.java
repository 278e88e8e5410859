package io.eigensweep.measure;

import static io.eigensweep.measure.Measure.real;
import static io.eigensweep.measure.Measure.reals;
import static io.eigensweep.measure.Measure.text;
import static io.eigensweep.measure.Measure.whole;

import io.eigensweep.ntk.KernelFacts;
import io.eigensweep.ntk.ModeEnergy;
import io.eigensweep.ntk.Spectrum;
import io.eigensweep.settings.Names;
import io.eigensweep.training.CurvePoint;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a trial has several of: points of its learning curve, spectra, residual modes. */
public final class SpectrumMeasures {
  /** A point of the learning curve. */
  public static final List<Measure<CurvePoint, ?>> CURVE =
      List.of(
          Measure.<CurvePoint>whole("epoch", "epochs", "completed epochs", CurvePoint::epoch)
              .always(),
          real(
              "loss",
              "",
              "mean over the epoch's batches of the loss before each step; at epoch 0 of the initial"
                  + " network on the whole signal; NULL when not finite",
              CurvePoint::loss),
          real(
              "psnr",
              "dB",
              "PSNR on the whole signal after the epoch, NULL where it was not computed",
              CurvePoint::psnr),
          real(
              "seconds",
              "s",
              "training time since the start, kernels and evaluation not counted",
              CurvePoint::seconds));

  /** A term of the kernel at a checkpoint. */
  public static final List<Measure<Spectrum, ?>> SPECTRUM =
      List.of(
          Measure.<Spectrum>whole(
                  "epoch", "epochs", "completed epochs of training", Spectrum::epoch)
              .always(),
          Measure.<Spectrum>text(
                  "term",
                  "term of the kernel: total, mlp or grid; mlp.<l> and grid.<l> of single layers"
                      + " and levels",
                  Spectrum::term)
              .always(),
          Measure.<Spectrum>text(
                  "scope",
                  "of which points: sample, which stands for all; window, of neighbours, of several"
                      + " that with the smallest eigenvalue; training, every point that was trained"
                      + " on",
                  spectrum -> Names.of(spectrum.scope()))
              .always(),
          Measure.<Spectrum>whole("points", "points", "how many", Spectrum::points).always(),
          text(
              "place",
              "which window of how many, and where; NULL for other scopes",
              Spectrum::place),
          Measure.<Spectrum>text(
                  "method",
                  "how the eigenvalues were computed: gram or jacobian; split where there are bounds"
                      + " alone",
                  Spectrum::method)
              .always(),
          real(
              "floor",
              "",
              "rounding floor: an eigenvalue below it is not told from zero",
              Spectrum::floor),
          whole(
              "negatives",
              "",
              "computed eigenvalues below zero; NULL where there are bounds alone",
              spectrum -> spectrum.eigenvalues().length == 0 ? null : spectrum.negatives()),
          whole(
              "rank",
              "",
              "eigenvalues above the floor; NULL where there are bounds alone",
              spectrum -> spectrum.eigenvalues().length == 0 ? null : spectrum.rank()),
          real(
              "lambda_min",
              "",
              "smallest eigenvalue, NULL when it is not resolved",
              SpectrumMeasures::lambdaMin),
          real(
              "lambda_min_lower",
              "",
              "lower bound of the smallest eigenvalue",
              Spectrum::lambdaMinLower),
          real(
              "lambda_min_upper",
              "",
              "upper bound of the smallest eigenvalue",
              Spectrum::lambdaMinUpper),
          Measure.<Spectrum>text(
                  "upper_from",
                  "what proves the upper bound: floor, or the vector of a certificate; split and its"
                      + " columns, or why its bounds are not closer; contradiction and one of two"
                      + " bounds that exclude each other, when nothing is proved",
                  Spectrum::upperFrom)
              .always(),
          Measure.<Spectrum>flag(
                  "resolved",
                  "whether the smallest eigenvalue is known: lower > 0 and upper ≤ 2·lower",
                  Spectrum::resolved)
              .always(),
          real("lambda_max", "", "largest eigenvalue", Spectrum::lambdaMax),
          real(
              "effective_rank",
              "",
              "exp of the entropy of λ_i/Σλ over the positive eigenvalues",
              facts(KernelFacts::effectiveRank)),
          whole(
              "predicted_rank",
              "",
              "the most that the rank can be: by parameters, distinct points, activation regions"
                  + " and grid cells",
              facts(KernelFacts::predictedRank)),
          real(
              "alignment",
              "",
              "centred alignment with the targets, 0 to 1",
              facts(KernelFacts::alignment)),
          real(
              "drift",
              "",
              "‖K_t − K_0‖ / ‖K_0‖ (Frobenius), of the term total",
              facts(KernelFacts::drift)),
          real(
              "weyl_slack",
              "",
              "min over i of λ_i(K) − λ_i(K_mlp) − λ_min(K_grid), of the term total; NULL where"
                  + " there is no grid, or where rounding leaves it open",
              facts(KernelFacts::weylSlack)),
          real(
              "schur_bound",
              "",
              "lower bound of λ_min by the Schur product of stencils and gradients, of the term"
                  + " total; NULL where there is no grid",
              facts(KernelFacts::schurBound)),
          reals(
              "overlap_lambda_min",
              "lower bounds of λ_min(w wᵀ) of every grid level, the coarsest first, of the term"
                  + " grid",
              facts(KernelFacts::overlapLambdaMin)),
          Measure.<Spectrum>reals(
                  "eigenvalues",
                  "all eigenvalues, ascending, as computed, never clipped; none where there are"
                      + " bounds alone",
                  Spectrum::eigenvalues)
              .always());

  /** The residual in a group of modes between two checkpoints. */
  public static final List<Measure<ModeEnergy, ?>> MODE =
      List.of(
          Measure.<ModeEnergy>whole(
                  "from_epoch",
                  "epochs",
                  "the earlier checkpoint, whose kernel predicts",
                  ModeEnergy::fromEpoch)
              .always(),
          Measure.<ModeEnergy>whole("epoch", "epochs", "the later checkpoint", ModeEnergy::epoch)
              .always(),
          Measure.<ModeEnergy>text(
                  "basis",
                  "eigen: eigenvectors of the kernel of from_epoch; frequency: cosines of the lattice",
                  ModeEnergy::basis)
              .always(),
          Measure.<ModeEnergy>whole(
                  "mode",
                  "",
                  "rank of the first mode of the group, from 0: largest eigenvalue, lowest frequency",
                  ModeEnergy::mode)
              .always(),
          Measure.<ModeEnergy>whole("count", "modes", "modes in the group", ModeEnergy::count)
              .always(),
          real(
              "eigenvalue",
              "",
              "mean eigenvalue of the group; NULL for the basis frequency",
              ModeEnergy::eigenvalue),
          real(
              "frequency",
              "cycles per side",
              "mean radial frequency of the group; NULL where the points are no lattice",
              ModeEnergy::frequency),
          real(
              "energy_before",
              "",
              "energy of the residual in the group at from_epoch: squares over N·C, which add to"
                  + " the mean squared error",
              ModeEnergy::before),
          real(
              "energy_predicted",
              "",
              "energy at epoch that gradient descent under the kernel of from_epoch leaves",
              ModeEnergy::predicted),
          real("energy", "", "energy at epoch", ModeEnergy::after));

  private SpectrumMeasures() {}

  /** The smallest eigenvalue of {@code spectrum}, or null: an unresolved one is never a value. */
  static @Nullable Double lambdaMin(Spectrum spectrum) {
    return spectrum.resolved() ? spectrum.lambdaMin() : null;
  }

  private static <T> Function<Spectrum, @Nullable T> facts(
      Function<KernelFacts, @Nullable T> value) {
    return spectrum -> value.apply(spectrum.facts());
  }
}
