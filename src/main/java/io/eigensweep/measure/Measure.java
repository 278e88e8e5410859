package io.eigensweep.measure;

import io.eigensweep.measure.ColumnType.Scalar;
import io.eigensweep.trial.TrialResult;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one definition of a measured quantity: its column, where its value comes from, and how a
 * comparison sums it up and shows it. Tables, schema, comparison and report follow from it.
 *
 * @param field its column
 * @param type of its values in Java
 * @param value takes it from what was measured; null where it is not defined or was not reached
 * @param summary its columns in the comparison, null where it is not summed up
 * @param paired what differences of it are called when settings are compared picture by picture,
 *     null where none are taken
 * @param view its column in tables for eyes, where some trial has a value; null for none
 * @param <S> what it is measured of: a trial's result, a spectrum, a mode
 * @param <T> its values
 */
public record Measure<S, T>(
    Field field,
    Class<T> type,
    Function<S, @Nullable T> value,
    @Nullable Summary summary,
    @Nullable String paired,
    @Nullable View view) {

  /**
   * How tables for eyes show the mean.
   *
   * @param place among such columns, the least first
   * @param header of the column
   * @param decimals of the mean
   * @param best which means are better
   * @param narrow whether a table for a terminal has room for it
   */
  public record View(int place, String header, int decimals, Best best, boolean narrow) {}

  /** Which values of a quantity are better. */
  public enum Best {
    HIGHEST,
    LOWEST,
    /** Not marked. */
    NONE
  }

  /** A number; finite or NULL. */
  public static <S> Measure<S, Double> real(
      String name, String unit, String meaning, Function<S, @Nullable Double> value) {
    return of(new Field(name, Scalar.DOUBLE, true, unit, meaning), Double.class, value);
  }

  /** A count or size that an int holds. */
  public static <S> Measure<S, Integer> whole(
      String name, String unit, String meaning, Function<S, @Nullable Integer> value) {
    return of(new Field(name, Scalar.INT, true, unit, meaning), Integer.class, value);
  }

  /** A count that only a long holds. */
  public static <S> Measure<S, Long> large(
      String name, String meaning, Function<S, @Nullable Long> value) {
    return of(new Field(name, Scalar.BIGINT, true, "", meaning), Long.class, value);
  }

  /** A name or a message. */
  public static <S> Measure<S, String> text(
      String name, String meaning, Function<S, @Nullable String> value) {
    return of(new Field(name, Scalar.STRING, true, "", meaning), String.class, value);
  }

  /** Yes or no. */
  public static <S> Measure<S, Boolean> flag(
      String name, String meaning, Function<S, @Nullable Boolean> value) {
    return of(new Field(name, Scalar.BOOLEAN, true, "", meaning), Boolean.class, value);
  }

  /** A moment in UTC. */
  public static <S> Measure<S, Instant> moment(
      String name, String meaning, Function<S, @Nullable Instant> value) {
    return of(new Field(name, Scalar.TIMESTAMP, true, "UTC", meaning), Instant.class, value);
  }

  /** A list of numbers. */
  public static <S> Measure<S, double[]> reals(
      String name, String meaning, Function<S, double @Nullable []> value) {
    ColumnType list = new ColumnType.ListOf(Scalar.DOUBLE);
    return of(new Field(name, list, true, "", meaning), double[].class, value);
  }

  private static <S, T> Measure<S, T> of(
      Field field, Class<T> type, Function<S, @Nullable T> value) {
    return new Measure<>(field, type, value, null, null, null);
  }

  /** {@code value} of a part of a trial's result, null where the part was not reached. */
  static <P, T> Function<TrialResult, @Nullable T> ofPart(
      Function<TrialResult, @Nullable P> part, Function<P, @Nullable T> value) {
    return result -> {
      P reached = part.apply(result);
      return reached == null ? null : value.apply(reached);
    };
  }

  /** This quantity, of which every trial has a value. */
  public Measure<S, T> always() {
    Field required = new Field(field.name(), field.type(), false, field.unit(), field.meaning());
    return new Measure<>(required, type, value, summary, paired, view);
  }

  /** This quantity, summed up as {@code how} says in comparisons. */
  public Measure<S, T> summed(Summary how) {
    return new Measure<>(field, type, value, how, paired, view);
  }

  /** This quantity, whose differences on the same pictures and seeds are called {@code name}. */
  public Measure<S, T> paired(String name) {
    return new Measure<>(field, type, value, summary, name, view);
  }

  /** This quantity, with a column in tables for eyes where some trial has a value. */
  public Measure<S, T> shown(View column) {
    return new Measure<>(field, type, value, summary, paired, column);
  }

  /** The name of its column. */
  public String name() {
    return field.name();
  }

  /** Its columns in a comparison, empty where it is not summed up. */
  public List<Field> summaryFields() {
    return summary == null ? List.of() : summary.fields(field);
  }

  /**
   * What a table holds in its column, as a value: numbers of any width, those that are not finite
   * being none.
   *
   * @throws IllegalArgumentException when it is of another kind, or too large
   */
  public @Nullable T read(@Nullable Object stored) {
    Object same = stored;
    if (stored instanceof Number number) {
      if (type == Double.class) {
        same = Double.isFinite(number.doubleValue()) ? (Object) number.doubleValue() : null;
      } else if (type == Long.class) {
        same = number.longValue();
      } else if (type == Integer.class && number.longValue() == number.intValue()) {
        same = number.intValue();
      }
    }
    if (same != null && !type.isInstance(same)) {
      throw new IllegalArgumentException(
          "column " + name() + " holds a " + same.getClass().getSimpleName());
    }
    return type.cast(same);
  }
}
