package io.eigensweep.report;

import io.eigensweep.aggregate.Interval;
import io.eigensweep.claims.Claim;
import io.eigensweep.claims.ClaimResult;
import io.eigensweep.claims.Sample;
import io.eigensweep.claims.Verdict;
import io.eigensweep.measure.ColumnType.Scalar;
import io.eigensweep.measure.Field;
import io.eigensweep.settings.Names;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Verdicts as tables: for eyes, for a terminal, and with every column. */
public final class ClaimsTable {
  /** The columns of the whole table. */
  public static final List<Field> FIELDS =
      List.of(
          text("id", "the claim's name"),
          text("study", "name of the sweep that tests it"),
          text("claim", "what it says"),
          text("source", "where it was made"),
          text("verdict", "confirmed, refuted, not resolvable or not tested"),
          text("reason", "why there is no clearer one; NULL where there is"),
          text("quantity", "the measured quantity"),
          text("unit", "of the numbers; orders are decimal ones of a ratio"),
          text("compared", "which trials, and how a number of a picture is made of theirs"),
          text("scope", "of which points kernels are; NULL where none are asked for"),
          text("points", "how many points those are"),
          text("across", "what of several settings stands for a picture"),
          text("statistic", "what of the pictures' numbers: mean or median"),
          text("rule", "where the claim says that it lies"),
          real("paper", "the number that was published"),
          real("value_lower", "lower bound of the statistic of these pictures; NULL for none"),
          real("value_upper", "upper bound of it; the same number where it is known"),
          real("interval_lower", "lower end of the interval over pictures; NULL for none"),
          real("interval_upper", "upper end; NULL for none"),
          real("confidence", "of the interval: 1 − the level that Holm's procedure gives"),
          real("p", "the least level at which the interval decides the claim"),
          whole("family", "claims that were tested together"),
          whole("pictures", "pictures behind the numbers"),
          whole("pictures_left_out", "pictures of the study that lack one of the settings"),
          whole("seeds", "different seeds"),
          whole("settings", "settings that stand for each picture"),
          whole("trials", "trials behind the numbers"),
          text("chosen", "what least, largest and best stand for; NULL where they are not asked"));

  private static final int DIGITS = 3;

  private ClaimsTable() {}

  /** For eyes: what each says, what was found, and of what. */
  public static Table of(List<ClaimResult> results) {
    List<List<@Nullable String>> cells = new ArrayList<>();
    for (ClaimResult result : results) {
      Claim claim = result.claim();
      cells.add(
          Arrays.asList(
              claim.id(),
              claim.text() + (claim.source() == null ? "" : " (" + claim.source() + ")"),
              result.verdict().words(),
              found(result),
              claim.rule().toString(),
              claim.paper() == null ? null : number(claim.paper(), RoundingMode.HALF_EVEN),
              of(result),
              notes(result)));
    }
    return new Table(
        List.of("claim", "it says", "verdict", "found", "rule", "paper", "of", "note"), cells);
  }

  /** For a terminal. */
  public static Table narrow(List<ClaimResult> results) {
    List<List<@Nullable String>> cells = new ArrayList<>();
    for (ClaimResult result : results) {
      cells.add(
          Arrays.asList(
              result.claim().id(),
              result.verdict().words(),
              found(result),
              result.claim().rule().toString(),
              of(result),
              notes(result)));
    }
    return new Table(List.of("claim", "verdict", "found", "rule", "of", "note"), cells);
  }

  /** Every column with all digits. */
  public static Table whole(List<ClaimResult> results) {
    List<List<@Nullable String>> cells = new ArrayList<>();
    for (ClaimResult result : results) {
      List<@Nullable String> line = new ArrayList<>();
      values(result).values().forEach(value -> line.add(Format.exact(value)));
      cells.add(line);
    }
    return new Table(FIELDS.stream().map(Field::name).toList(), cells);
  }

  /** The values of {@link #FIELDS}, in their order. */
  public static Map<String, @Nullable Object> values(ClaimResult result) {
    Claim claim = result.claim();
    Sample sample = result.sample();
    Interval value = result.value();
    Interval interval = result.interval();
    List<@Nullable Object> values =
        Arrays.asList(
            claim.id(),
            claim.study(),
            claim.text(),
            claim.source(),
            result.verdict().words(),
            result.reason(),
            claim.quantity().toString(),
            claim.unit(),
            claim.form().toString(),
            claim.scope() == null ? null : Names.of(claim.scope()),
            sample == null ? null : sample.points(),
            Names.of(claim.across()),
            Names.of(claim.statistic()),
            claim.rule().toString(),
            claim.paper(),
            value == null ? null : finite(value.lower()),
            value == null ? null : finite(value.upper()),
            interval == null ? null : finite(interval.lower()),
            interval == null ? null : finite(interval.upper()),
            result.confidence(),
            result.p(),
            result.family(),
            sample == null ? null : sample.pictures().size(),
            sample == null ? null : sample.leftOut(),
            sample == null ? null : sample.seeds(),
            sample == null ? null : sample.settings(),
            sample == null ? null : sample.trials(),
            sample == null ? null : sample.chosen());
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    for (int i = 0; i < FIELDS.size(); i++) {
      named.put(FIELDS.get(i).name(), values.get(i));
    }
    return named;
  }

  /** {@code 31 claims: 9 confirmed, 2 refuted, …}. */
  public static String counts(List<ClaimResult> results) {
    StringBuilder out = new StringBuilder(results.size() + " claims");
    String separator = ": ";
    for (Verdict verdict : Verdict.values()) {
      long count = results.stream().filter(result -> result.verdict() == verdict).count();
      out.append(separator).append(count).append(' ').append(verdict.words());
      separator = ", ";
    }
    return out.toString();
  }

  /** What a reader of the table has to know. */
  public static String notes(List<ClaimResult> results) {
    int family = results.stream().mapToInt(ClaimResult::family).max().orElse(0);
    return """
    A claim is confirmed when the whole interval over pictures lies where its rule says, refuted \
    when all of it lies elsewhere. In brackets that interval: of Holm's procedure over the %d claims that were \
    tested, so that all verdicts are right together with probability 95 %% where pictures are a sample \
    of all like them: proved for claims whose true value is on their bound and for independent ones, simulated \
    for others. The intervals are each of its own level and do not all hold together. Means have Student's interval, medians that of the sign test, which few \
    pictures do not have; one picture has none. Seeds are averaged within a picture first. Eigenvalues enter by their \
    proved bounds, never as numbers: an order of magnitude is the lower bound of one over the upper \
    bound of the other, or the other way round.
    """
        .formatted(family);
  }

  private static @Nullable String found(ClaimResult result) {
    Interval value = result.value();
    if (value == null) {
      return null;
    }
    if (isOpen(value)) {
      return "no bound";
    }
    Interval interval = result.interval();
    return (known(value) + " " + result.claim().unit()).strip()
        + (interval == null || isOpen(interval)
            ? ""
            : " ["
                + number(interval.lower(), RoundingMode.FLOOR)
                + ", "
                + number(interval.upper(), RoundingMode.CEILING)
                + "]");
  }

  private static boolean isOpen(Interval interval) {
    return Double.isInfinite(interval.lower()) && Double.isInfinite(interval.upper());
  }

  private static String known(Interval value) {
    String low = number(value.lower(), RoundingMode.FLOOR);
    String high = number(value.upper(), RoundingMode.CEILING);
    if (value.isPoint()) {
      return number(value.lower(), RoundingMode.HALF_EVEN);
    } else if (value.upper() == Double.POSITIVE_INFINITY) {
      return "> " + low;
    }
    if (value.lower() == Double.NEGATIVE_INFINITY) {
      return "< " + high;
    }
    String nearest = number(value.lower(), RoundingMode.HALF_EVEN);
    return nearest.equals(number(value.upper(), RoundingMode.HALF_EVEN))
        ? nearest
        : low + " … " + high;
  }

  private static @Nullable String of(ClaimResult result) {
    Sample sample = result.sample();
    if (sample == null) {
      return null;
    }
    String text = count(sample.pictures().size(), "picture") + ", " + count(sample.seeds(), "seed");
    if (sample.settings() > 1) {
      text += ", " + Names.of(result.claim().across()) + " of " + sample.settings() + " settings";
    }
    if (result.claim().scope() != null) {
      text += ", " + Names.of(result.claim().scope());
    }
    return sample.points() == null ? text : text + " of " + sample.points() + " points";
  }

  private static @Nullable String notes(ClaimResult result) {
    List<String> notes = new ArrayList<>();
    if (result.reason() != null) {
      notes.add(result.reason());
    }
    Sample sample = result.sample();
    if (sample != null && sample.chosen() != null) {
      notes.add(sample.chosen());
    }
    if (sample != null && sample.leftOut() > 0) {
      notes.add(count(sample.leftOut(), "picture") + " left out");
    }
    return notes.isEmpty() ? null : String.join("; ", notes);
  }

  private static String count(int n, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", n, what, n == 1 ? "" : "s");
  }

  private static String number(double value, RoundingMode mode) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "∞" : "−∞";
    }
    BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(DIGITS, mode));
    return rounded.signum() == 0
        ? "0"
        : Math.abs(value) >= 1e-3 && Math.abs(value) < 1e6
            ? rounded.stripTrailingZeros().toPlainString()
            : String.format(Locale.ROOT, "%.2e", rounded);
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static Field text(String name, String meaning) {
    return new Field(name, Scalar.STRING, true, "", meaning);
  }

  private static Field real(String name, String meaning) {
    return new Field(name, Scalar.DOUBLE, true, "", meaning);
  }

  private static Field whole(String name, String meaning) {
    return new Field(name, Scalar.INT, true, "", meaning);
  }
}
