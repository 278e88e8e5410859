package io.eigensweep.settings;

import java.util.Locale;

/** Checks of hyperparameters at the boundary: each says what, which value, and what is allowed. */
public final class Check {
  private Check() {}

  /** Requires {@code low ≤ value ≤ high}. */
  public static int between(String key, int value, int low, int high) {
    if (value < low || value > high) {
      throw new SettingException(
          key, String.format(Locale.ROOT, "must be between %d and %d, got %d", low, high, value));
    }
    return value;
  }

  /** Requires a finite value above zero; NaN fails. */
  public static double positive(String key, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new SettingException(key, "must be positive and finite, got " + value);
    }
    return value;
  }

  /** Requires {@code 0 ≤ value < 1}; NaN fails. */
  public static double share(String key, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new SettingException(key, "must be from 0 and below 1, got " + value);
    }
    return value;
  }
}
