package io.eigensweep.claims;

import io.eigensweep.aggregate.Interval;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a study has of a claim: a number for each picture, or its bounds.
 *
 * @param pictures the numbers
 * @param leftOut pictures of the study, whatever has become of their trials, that lack one of the
 *     settings
 * @param seeds how many different ones
 * @param settings how many settings stand for each picture
 * @param trials how many trials are behind the numbers
 * @param points of the kernels, null where there are none
 * @param chosen what least, largest and best stand for, null where nothing was asked
 */
public record Sample(
    List<Interval> pictures,
    int leftOut,
    int seeds,
    int settings,
    int trials,
    @Nullable String points,
    @Nullable String chosen) {
  public Sample {
    pictures = List.copyOf(pictures);
  }
}
