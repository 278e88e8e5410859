package io.eigensweep.plan;

import java.util.Locale;

/** Quantities as people read them: {@code 3 h 12 min}, {@code 412 MiB}, {@code 3.1e+13 FLOP}. */
public final class Quantity {
  private static final String[] BYTE_UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private Quantity() {}

  /** A duration in the two largest units that it needs. */
  public static String duration(double seconds) {
    if (seconds < 9.95) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    } else if (whole < 3600) {
      return two(whole / 60, "min", whole % 60, "s");
    }
    long minutes = Math.round(seconds / 60);
    if (minutes < 48 * 60) {
      return two(minutes / 60, "h", minutes % 60, "min");
    }
    long hours = Math.round(seconds / 3600);
    return two(hours / 24, "d", hours % 24, "h");
  }

  private static String two(long large, String largeUnit, long small, String smallUnit) {
    String text = String.format(Locale.ROOT, "%,d %s", large, largeUnit);
    return small == 0 ? text : text + " " + small + " " + smallUnit;
  }

  /** A number of bytes with three digits in the largest binary unit. */
  public static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1023.5 && unit < BYTE_UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    String format = unit == 0 || value >= 99.95 ? "%.0f %s" : "%.1f %s";
    return String.format(Locale.ROOT, format, value, BYTE_UNITS[unit]);
  }

  /** A number of floating-point operations. */
  public static String flops(double flops) {
    return String.format(Locale.ROOT, "%.2e FLOP", flops);
  }

  /** A number of things: {@code 1 trial}, {@code 22,800 trials}, {@code 2 classes}. */
  public static String count(long count, String thing) {
    String ending = count == 1 ? "" : thing.endsWith("s") ? "es" : "s";
    return String.format(Locale.ROOT, "%,d %s%s", count, thing, ending);
  }
}
