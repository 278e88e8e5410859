package io.eigensweep.claims;

import io.eigensweep.aggregate.Interval;
import io.eigensweep.settings.CanonicalJson;
import io.eigensweep.settings.Names;

/**
 * Where a claim says that a number lies.
 *
 * @param kind on which side of what
 * @param low the bound, or the lower of two
 * @param high the same, or the upper of two
 */
public record Rule(Kind kind, double low, double high) {

  /** Sides, spelled as the keys of a claim's {@code rule}. */
  public enum Kind {
    ABOVE,
    AT_LEAST,
    BELOW,
    AT_MOST,
    /** Between two numbers, both included. */
    WITHIN,
    /** Below the one or above the other. */
    OUTSIDE;

    /** Whether it takes two numbers. */
    boolean isRange() {
      return this == WITHIN || this == OUTSIDE;
    }
  }

  /** Whether every number of {@code interval} lies where the claim says. */
  boolean holds(Interval interval) {
    return switch (kind) {
      case ABOVE -> interval.lower() > low;
      case AT_LEAST -> interval.lower() >= low;
      case BELOW -> interval.upper() < low;
      case AT_MOST -> interval.upper() <= low;
      case WITHIN -> interval.lower() >= low && interval.upper() <= high;
      case OUTSIDE -> interval.upper() < low || interval.lower() > high;
    };
  }

  /** Whether none of them does. */
  boolean fails(Interval interval) {
    return opposite().holds(interval);
  }

  /**
   * The least α for which the interval of {@code estimate} at 1 − α lies where the claim says; 1
   * where there is none.
   */
  double confirmed(Estimate estimate) {
    double tail =
        switch (kind) {
          case ABOVE -> estimate.above(low, true);
          case AT_LEAST -> estimate.above(low, false);
          case BELOW -> estimate.below(low, true);
          case AT_MOST -> estimate.below(low, false);
          case WITHIN -> Math.max(estimate.above(low, false), estimate.below(high, false));
          case OUTSIDE -> Math.min(estimate.below(low, true), estimate.above(high, true));
        };
    return Math.min(1, 2 * tail);
  }

  /** The same for an interval that lies elsewhere. */
  double refuted(Estimate estimate) {
    return opposite().confirmed(estimate);
  }

  private Rule opposite() {
    Kind other =
        switch (kind) {
          case ABOVE -> Kind.AT_MOST;
          case AT_LEAST -> Kind.BELOW;
          case BELOW -> Kind.AT_LEAST;
          case AT_MOST -> Kind.ABOVE;
          case WITHIN -> Kind.OUTSIDE;
          case OUTSIDE -> Kind.WITHIN;
        };
    return new Rule(other, low, high);
  }

  /** {@code at least 15}, {@code within -1 and 1}. */
  @Override
  public String toString() {
    String words = Names.of(kind).replace('-', ' ') + " " + CanonicalJson.number(low);
    return kind.isRange() ? words + " and " + CanonicalJson.number(high) : words;
  }
}
