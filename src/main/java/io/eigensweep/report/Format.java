package io.eigensweep.report;

import io.eigensweep.aggregate.Censored;
import io.eigensweep.aggregate.Moments;
import io.eigensweep.aggregate.PairedDifference;
import io.eigensweep.settings.CanonicalJson;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Statistics as text; null where there is no value. */
final class Format {
  private static final int EIGENVALUE_DIGITS = 2;

  private Format() {}

  /** {@code 39.80 ± 1.20}, or the mean alone for a single value. */
  static @Nullable String moments(Moments moments, int decimals) {
    String mean = mean(moments, decimals);
    return mean == null || moments.sd() == null
        ? mean
        : mean + " ± " + fixed(moments.sd(), decimals);
  }

  /** The mean alone. */
  static @Nullable String mean(Moments moments, int decimals) {
    return moments.mean() == null ? null : fixed(moments.mean(), decimals);
  }

  /** The median alone. */
  static @Nullable String median(Moments moments, int decimals) {
    return moments.median() == null ? null : fixed(moments.median(), decimals);
  }

  /** {@code +15.00 ± 1.41 [+14.00, +16.00]}: mean, deviation and interval of the mean. */
  static @Nullable String difference(PairedDifference difference, int decimals) {
    String text = moments(difference.moments(), decimals);
    if (text == null) {
      return null;
    }
    String interval =
        difference.lower() == null || difference.upper() == null
            ? ""
            : " ["
                + signed(fixed(difference.lower(), decimals))
                + ", "
                + signed(fixed(difference.upper(), decimals))
                + "]";
    return signed(text) + interval;
  }

  /** The mean with its sign. */
  static @Nullable String meanDifference(Moments moments, int decimals) {
    String text = mean(moments, decimals);
    return text == null ? null : signed(text);
  }

  /** A number of the paper with its sign: {@code +15}, {@code +0.65}. */
  static String claimed(double value) {
    return signed(BigDecimal.valueOf(value).stripTrailingZeros().toPlainString());
  }

  /** A share with three decimals: {@code 0.398}. */
  static @Nullable String share(@Nullable Double value) {
    return value == null ? null : fixed(value, 3);
  }

  /** A small number with three digits: {@code 3.91e-5}; 0 for none. */
  static @Nullable String small(@Nullable Double value) {
    return value == null ? null : scientific(value, RoundingMode.HALF_EVEN, 3);
  }

  /** {@code 1 of 3}: the kernels known by their bounds only; null without kernels. */
  static @Nullable String unresolved(Censored median) {
    return median.n() == 0 ? null : median.unresolved() + " of " + median.n();
  }

  private static String signed(String number) {
    return number.startsWith("-") ? number : "+" + number;
  }

  /** A median eigenvalue: {@code 1.4e-1}, {@code < 3.1e-29} or {@code 1.0e-9 … 3.0e-9}. */
  static @Nullable String eigenvalue(Censored median) {
    if (median.value() != null) {
      return scientific(median.value(), RoundingMode.HALF_EVEN);
    }
    Double upper = median.upper();
    Double lower = median.lower();
    if (lower == null || lower <= 0) {
      return upper == null ? null : "< " + scientific(upper, RoundingMode.CEILING);
    }
    String least = scientific(lower, RoundingMode.FLOOR);
    return upper == null ? "> " + least : least + " … " + scientific(upper, RoundingMode.CEILING);
  }

  /** Orders of magnitude: {@code +8.2}, {@code > 9.4} or {@code < -3.1}. */
  static @Nullable String orders(Censored median) {
    if (median.value() != null) {
      return signed(fixed(median.value(), 1));
    }
    String lower = median.lower() == null ? null : rounded(median.lower(), RoundingMode.FLOOR);
    String upper = median.upper() == null ? null : rounded(median.upper(), RoundingMode.CEILING);
    if (lower != null && upper != null) {
      return lower + " … " + upper;
    }
    if (lower != null) {
      return "> " + lower;
    }
    return upper == null ? null : "< " + upper;
  }

  /** {@code 1,234,567}. */
  static @Nullable String count(@Nullable Long value) {
    return value == null ? null : String.format(Locale.ROOT, "%,d", value);
  }

  /** A cell of a machine-readable table: all digits. */
  static @Nullable String exact(@Nullable Object value) {
    if (value instanceof Double number) {
      return Double.isFinite(number) ? CanonicalJson.number(number) : null;
    }
    return value == null ? null : value.toString();
  }

  private static String fixed(double value, int decimals) {
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.matches("-0[.0]*") ? text.substring(1) : text;
  }

  private static String rounded(double value, RoundingMode mode) {
    return BigDecimal.valueOf(value).setScale(1, mode).toPlainString();
  }

  private static String scientific(double value, RoundingMode mode) {
    return scientific(value, mode, EIGENVALUE_DIGITS);
  }

  private static String scientific(double value, RoundingMode mode, int figures) {
    if (value == 0) {
      return "0";
    }
    BigDecimal digits = BigDecimal.valueOf(value).round(new MathContext(figures, mode));
    int exponent = digits.precision() - digits.scale() - 1;
    BigDecimal mantissa =
        digits.scaleByPowerOfTen(-exponent).setScale(figures - 1, RoundingMode.UNNECESSARY);
    return mantissa.toPlainString() + "e" + exponent;
  }
}
