package io.eigensweep.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The spectra of one setting at one checkpoint, over its pictures and seeds: the quantiles of the
 * i-th largest eigenvalue for some i, and the median of the smallest one with its bounds.
 *
 * @param setting its name
 * @param term of the kernel: {@code total}, {@code mlp} or {@code grid}
 * @param epoch of the checkpoint
 * @param points eigenvalues of each spectrum
 * @param spectra how many spectra
 * @param floor the median rounding floor
 * @param lambdaMinLower median of the lower bounds of λ_min; the value itself where it is resolved
 * @param lambdaMinUpper median of the upper bounds of λ_min; the value itself where it is resolved
 * @param ranks i, from 1, ascending; empty where only λ_min is shown
 * @param low 10 % quantile of the i-th largest eigenvalue
 * @param median 50 % quantile
 * @param high 90 % quantile
 */
public record SpectrumBand(
    String setting,
    String term,
    int epoch,
    int points,
    int spectra,
    @Nullable Double floor,
    @Nullable Double lambdaMinLower,
    @Nullable Double lambdaMinUpper,
    List<Integer> ranks,
    List<Double> low,
    List<Double> median,
    List<Double> high) {}
