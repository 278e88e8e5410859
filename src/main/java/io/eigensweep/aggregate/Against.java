package io.eigensweep.aggregate;

import org.jspecify.annotations.Nullable;

/**
 * A setting against a reference on the same pictures and seeds.
 *
 * @param setting the reference's name, null when there is none
 * @param psnr differences of PSNR in dB
 * @param ssim differences of SSIM
 * @param msSsim differences of MS-SSIM
 * @param orders log10 of the ratios of λ_min
 */
public record Against(
    @Nullable String setting,
    PairedDifference psnr,
    PairedDifference ssim,
    PairedDifference msSsim,
    Censored orders) {
  static final Against NONE =
      new Against(
          null, PairedDifference.NONE, PairedDifference.NONE, PairedDifference.NONE, Censored.NONE);
}
