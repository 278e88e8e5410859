package io.eigensweep.claims;

/** What of the pictures' numbers a claim is about. */
public enum Statistic {
  MEAN,
  MEDIAN
}
