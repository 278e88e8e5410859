package io.eigensweep.measure;

import io.eigensweep.ntk.KernelSummary;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.TrialResult;
import io.eigensweep.trial.TrialResult.HeldOut;
import io.eigensweep.trial.TrialResult.Quality;
import java.util.EnumSet;
import java.util.Set;

/**
 * What went wrong in a trial, by a figure of its row and a stated threshold. A figure that is not
 * known shows nothing.
 */
public enum FailureSignature {
  /** The output has less than {@value #DETAIL_KEPT} of the energy of the picture's detail. */
  BLUR,

  /** Held-out pixels are {@value #HELD_OUT_GAP} dB or more below the trained ones. */
  ALIASING,

  /** More than {@value #UNCONVERGED_MODES} of the kernel's modes had too little training time. */
  SLOW,

  /** The kernel has moved by more than {@value #DRIFT} of its norm, so K_0 predicts little. */
  NOT_LAZY,

  /** The memory of the machine did not hold the trial. */
  MEMORY;

  /** See {@link #BLUR}. */
  public static final double DETAIL_KEPT = 0.5;

  /** See {@link #ALIASING}; in dB. */
  public static final double HELD_OUT_GAP = 10;

  /** See {@link #SLOW}. */
  public static final double UNCONVERGED_MODES = 0.5;

  /** See {@link #NOT_LAZY}. */
  public static final double DRIFT = 0.5;

  /** The signatures of {@code result}, in their order. */
  public static Set<FailureSignature> of(TrialResult result) {
    Set<FailureSignature> shown = EnumSet.noneOf(FailureSignature.class);
    Quality quality = result.quality();
    if (quality != null && quality.picture() != null) {
      Double kept = quality.picture().detail().kept();
      if (kept != null && kept < DETAIL_KEPT) {
        shown.add(BLUR);
      }
      HeldOut split = quality.picture().heldOut();
      if (split != null
          && split.heldOutPsnr() != null
          && (split.trainedPsnr() == null
              || split.trainedPsnr() - split.heldOutPsnr() >= HELD_OUT_GAP)) {
        shown.add(ALIASING);
      }
    }
    if (Convergence.of(result).filter(c -> c.unconvergedModes() > UNCONVERGED_MODES).isPresent()) {
      shown.add(SLOW);
    }
    KernelSummary kernel = result.kernel();
    if (kernel != null && kernel.drift() != null && kernel.drift() > DRIFT) {
      shown.add(NOT_LAZY);
    }
    if (result.outcome().status() == Status.OUT_OF_MEMORY) {
      shown.add(MEMORY);
    }
    return shown;
  }
}
