package io.eigensweep.result;

import static io.eigensweep.result.NestedColumns.part;
import static io.eigensweep.result.NestedColumns.structs;

import io.eigensweep.measure.ColumnType.ListOf;
import io.eigensweep.measure.ColumnType.Scalar;
import io.eigensweep.measure.ColumnType.Struct;
import io.eigensweep.measure.Field;
import io.eigensweep.ntk.KernelFacts;
import io.eigensweep.ntk.ModeEnergy;
import io.eigensweep.ntk.Spectrum;
import io.eigensweep.result.NestedColumns.Part;
import io.eigensweep.spec.Names;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The spectra and the residual modes inside a trial's row. */
final class KernelColumns {
  private static final List<Part<Spectrum>> SPECTRUM =
      List.of(
          part(
              "epoch",
              Scalar.INT,
              false,
              "epochs",
              "completed epochs of training",
              Spectrum::epoch),
          part(
              "term",
              Scalar.STRING,
              false,
              "",
              "term of the kernel: total, mlp or grid; mlp.<l> and grid.<l> of single layers and"
                  + " levels",
              Spectrum::term),
          part(
              "scope",
              Scalar.STRING,
              false,
              "",
              "of which points: sample, which stands for all; window, of neighbours, of several that"
                  + " with the smallest eigenvalue; training, every point that was trained on",
              spectrum -> Names.of(spectrum.scope())),
          part("points", Scalar.INT, false, "points", "how many", Spectrum::points),
          part(
              "place",
              Scalar.STRING,
              true,
              "",
              "which window of how many, and where; NULL for other scopes",
              Spectrum::place),
          part(
              "method",
              Scalar.STRING,
              false,
              "",
              "how the eigenvalues were computed: gram or jacobian; split where there are bounds"
                  + " alone",
              Spectrum::method),
          part(
              "floor",
              Scalar.DOUBLE,
              true,
              "",
              "rounding floor: an eigenvalue below it is not told from zero",
              Spectrum::floor),
          part(
              "negatives",
              Scalar.INT,
              true,
              "",
              "computed eigenvalues below zero; NULL where there are bounds alone",
              spectrum -> spectrum.eigenvalues().length == 0 ? null : spectrum.negatives()),
          part(
              "rank",
              Scalar.INT,
              true,
              "",
              "eigenvalues above the floor; NULL where there are bounds alone",
              spectrum -> spectrum.eigenvalues().length == 0 ? null : spectrum.rank()),
          part(
              "lambda_min",
              Scalar.DOUBLE,
              true,
              "",
              "smallest eigenvalue, NULL when it is not resolved",
              KernelColumns::lambdaMin),
          part(
              "lambda_min_lower",
              Scalar.DOUBLE,
              true,
              "",
              "lower bound of the smallest eigenvalue",
              Spectrum::lambdaMinLower),
          part(
              "lambda_min_upper",
              Scalar.DOUBLE,
              true,
              "",
              "upper bound of the smallest eigenvalue",
              Spectrum::lambdaMinUpper),
          part(
              "upper_from",
              Scalar.STRING,
              false,
              "",
              "what proves the upper bound: floor, or the vector of a certificate; split and its"
                  + " columns, or why its bounds are not closer; contradiction and one of two"
                  + " bounds that exclude each other, when nothing is proved",
              Spectrum::upperFrom),
          part(
              "resolved",
              Scalar.BOOLEAN,
              false,
              "",
              "whether the smallest eigenvalue is known: lower > 0 and upper ≤ 2·lower",
              Spectrum::resolved),
          part("lambda_max", Scalar.DOUBLE, true, "", "largest eigenvalue", Spectrum::lambdaMax),
          real(
              "effective_rank",
              "",
              "exp of the entropy of λ_i/Σλ over the positive eigenvalues",
              facts(KernelFacts::effectiveRank)),
          part(
              "predicted_rank",
              Scalar.INT,
              true,
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
          part(
              "overlap_lambda_min",
              new ListOf(Scalar.DOUBLE),
              true,
              "",
              "lower bounds of λ_min(w wᵀ) of every grid level, the coarsest first, of the term"
                  + " grid",
              facts(KernelFacts::overlapLambdaMin)),
          part(
              "eigenvalues",
              new ListOf(Scalar.DOUBLE),
              false,
              "",
              "all eigenvalues, ascending, as computed, never clipped; none where there are bounds"
                  + " alone",
              Spectrum::eigenvalues));

  private static final List<Part<ModeEnergy>> MODE =
      List.of(
          part(
              "from_epoch",
              Scalar.INT,
              false,
              "epochs",
              "the earlier checkpoint, whose kernel predicts",
              ModeEnergy::fromEpoch),
          part("epoch", Scalar.INT, false, "epochs", "the later checkpoint", ModeEnergy::epoch),
          part(
              "basis",
              Scalar.STRING,
              false,
              "",
              "eigen: eigenvectors of the kernel of from_epoch; frequency: cosines of the lattice",
              ModeEnergy::basis),
          part(
              "mode",
              Scalar.INT,
              false,
              "",
              "rank of the first mode of the group, from 0: largest eigenvalue, lowest frequency",
              ModeEnergy::mode),
          part("count", Scalar.INT, false, "modes", "modes in the group", ModeEnergy::count),
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

  static final List<Field> SPECTRUM_FIELDS = SPECTRUM.stream().map(Part::field).toList();
  static final List<Field> MODE_FIELDS = MODE.stream().map(Part::field).toList();

  static final Column SPECTRA_COLUMN =
      new Column(
          "spectra",
          new ListOf(new Struct(SPECTRUM_FIELDS)),
          true,
          "",
          "spectra of every term at every checkpoint; NULL when no kernel was computed",
          row ->
              row.result().kernel() == null
                  ? null
                  : structs(row.result().kernel().spectra(), SPECTRUM));

  static final Column MODES_COLUMN =
      new Column(
          "modes",
          new ListOf(new Struct(MODE_FIELDS)),
          true,
          "",
          "residual energy by mode between checkpoints; NULL when no kernel was computed",
          row ->
              row.result().kernel() == null ? null : structs(row.result().kernel().modes(), MODE));

  private KernelColumns() {}

  /** The smallest eigenvalue of {@code spectrum}, or null: an unresolved one is never a value. */
  static @Nullable Double lambdaMin(Spectrum spectrum) {
    return spectrum.resolved() ? spectrum.lambdaMin() : null;
  }

  private static <T> Part<T> real(
      String name, String unit, String meaning, Function<T, @Nullable Object> value) {
    return part(name, Scalar.DOUBLE, true, unit, meaning, value);
  }

  private static Function<Spectrum, @Nullable Object> facts(
      Function<KernelFacts, @Nullable Object> value) {
    return spectrum -> value.apply(spectrum.facts());
  }
}
