package io.eigensweep.report;

import java.util.List;

/**
 * The learning curves of one setting over its pictures and seeds.
 *
 * @param setting its name
 * @param quantity {@code loss} or {@code psnr}
 * @param epochs completed epochs, ascending
 * @param low 10 % quantile at each of them
 * @param median 50 % quantile
 * @param high 90 % quantile
 */
public record CurveBand(
    String setting,
    String quantity,
    List<Integer> epochs,
    List<Double> low,
    List<Double> median,
    List<Double> high) {}
