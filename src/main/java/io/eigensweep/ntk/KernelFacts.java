package io.eigensweep.ntk;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What theory and training say of one term of a kernel, beside its eigenvalues. A value that is not
 * defined for the term is null.
 *
 * @param predictedRank the most that the rank can be, see {@link RankLimit}
 * @param effectiveRank exp of the entropy of λ_i / Σλ over the positive eigenvalues (Roy and
 *     Vetterli 2007)
 * @param alignment centred alignment with the targets, ⟨K_c, YYᵀ⟩ / (‖K_c‖‖YYᵀ‖) (Cortes et al.
 *     2012); null without targets or where they are constant
 * @param drift ‖K_t − K_0‖_F / ‖K_0‖_F, of {@code total} alone; null without a kernel at epoch 0
 * @param weylSlack min over i of λ_i(K) − λ_i(K_mlp) − λ_min(K_grid), of {@code total} where there
 *     is a grid; null too where rounding leaves it open, see {@link WeylSlack}
 * @param schurBound lower bound of λ_min(K) from the grid's stencils, of {@code total} where there
 *     is a grid, see {@link SchurBound}
 * @param overlapLambdaMin lower bounds of λ_min(w wᵀ), one for each grid level, the coarsest first,
 *     of {@code grid} alone; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // a value that is written once; never compared
public record KernelFacts(
    @Nullable Integer predictedRank,
    @Nullable Double effectiveRank,
    @Nullable Double alignment,
    @Nullable Double drift,
    @Nullable Double weylSlack,
    @Nullable Double schurBound,
    double @Nullable [] overlapLambdaMin)
    implements Serializable {
  /** Nothing is known but the eigenvalues. */
  public static final KernelFacts NONE = new KernelFacts(null, null, null, null, null, null, null);

  /** These, with what the targets and epoch 0 say. */
  KernelFacts withTraining(@Nullable Double newAlignment, @Nullable Double newDrift) {
    return new KernelFacts(
        predictedRank,
        effectiveRank,
        newAlignment,
        newDrift,
        weylSlack,
        schurBound,
        overlapLambdaMin);
  }

  /** These, with the bounds of a kernel with a grid. */
  KernelFacts withBounds(@Nullable Double newWeylSlack, double newSchurBound) {
    return new KernelFacts(
        predictedRank,
        effectiveRank,
        alignment,
        drift,
        newWeylSlack,
        newSchurBound,
        overlapLambdaMin);
  }

  /** These, with the λ_min(w wᵀ) of the levels. */
  KernelFacts withOverlaps(double[] newOverlaps) {
    return new KernelFacts(
        predictedRank, effectiveRank, alignment, drift, weylSlack, schurBound, newOverlaps);
  }
}
