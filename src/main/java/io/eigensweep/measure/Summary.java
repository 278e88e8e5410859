package io.eigensweep.measure;

import io.eigensweep.measure.ColumnType.Scalar;
import java.util.ArrayList;
import java.util.List;

/**
 * How a quantity of many trials becomes columns of one setting in a comparison. The statistics are
 * those of {@code io.eigensweep.aggregate}, one for each kind.
 */
public sealed interface Summary {

  /** Where its columns stand. */
  Section section();

  /** Whose values it sums up. */
  Population population();

  /** Its columns, {@code of} being that of the quantity. */
  List<Field> fields(Field of);

  /** The parts of a comparison, in their order; a quantity's place within is that of its column. */
  enum Section {
    QUALITY,
    KERNEL,
    PARAMETERS,
    COST,
    JPEG,
    JPEG_FIT,
    SIGNATURES,
    SYMPTOMS,
    MOVEMENT
  }

  /** Trials of a setting. */
  enum Population {
    /** That succeeded. */
    SUCCEEDED,
    /** That succeeded and have a kernel; those at initialisation once for each seed and shape. */
    KERNELS,
    /** Whatever their fate. */
    ALL
  }

  /**
   * Mean, standard deviation, median and count.
   *
   * @param of what it is of, in a few words
   */
  record Moments(Section section, String of) implements Summary {
    @Override
    public Population population() {
      return Population.SUCCEEDED;
    }

    @Override
    public List<Field> fields(Field field) {
      String name = field.name();
      return List.of(
          real(name + "_mean", field.unit(), "mean " + of),
          real(
              name + "_sd",
              field.unit(),
              "standard deviation (n − 1) of " + of + ", NULL for a single value"),
          real(name + "_median", field.unit(), "median " + of),
          count(name + "_n", "values behind " + name + "_mean"));
    }
  }

  /** The mean alone. */
  record Mean(Section section, String of) implements Summary {
    @Override
    public Population population() {
      return Population.SUCCEEDED;
    }

    @Override
    public List<Field> fields(Field field) {
      return List.of(real(field.name() + "_mean", field.unit(), "mean " + of));
    }
  }

  /** The median alone, of the values that are known. */
  record Median(Section section, Population population, String meaning) implements Summary {
    @Override
    public List<Field> fields(Field field) {
      return List.of(real(field.name() + "_median", field.unit(), meaning));
    }
  }

  /** The largest value: of what is the same for every picture. */
  record Largest(Section section) implements Summary {
    @Override
    public Population population() {
      return Population.SUCCEEDED;
    }

    @Override
    public List<Field> fields(Field field) {
      return List.of(field);
    }
  }

  /** The median of eigenvalues of which some are known by bounds only. */
  record Censored(String of) implements Summary {
    @Override
    public Section section() {
      return Section.KERNEL;
    }

    @Override
    public Population population() {
      return Population.KERNELS;
    }

    @Override
    public List<Field> fields(Field field) {
      String median = field.name() + "_median";
      return List.of(
          real(
              median,
              field.unit(),
              "median " + of + "; NULL when unresolved values leave it undetermined"),
          real(median + "_lower", field.unit(), "lower bound of the median"),
          real(median + "_upper", field.unit(), "upper bound of the median"),
          count(field.name() + "_n", "kernels behind the median"),
          count(field.name() + "_unresolved", "of these, known by their bounds only"));
    }
  }

  /**
   * How many trials have each of some names, of a text of names with commas between.
   *
   * @param names what is counted, each a column
   */
  record Counts(Section section, Population population, List<Name> names) implements Summary {
    public Counts {
      names = List.copyOf(names);
    }

    /**
     * A name that is counted.
     *
     * @param name as it stands in the text
     * @param column of its count
     * @param meaning of its count
     */
    public record Name(String name, String column, String meaning) {}

    @Override
    public List<Field> fields(Field field) {
      List<Field> fields = new ArrayList<>();
      names.forEach(name -> fields.add(count(name.column(), name.meaning())));
      return fields;
    }
  }

  /** A statistic that can be NULL. */
  static Field real(String name, String unit, String meaning) {
    return new Field(name, Scalar.DOUBLE, true, unit, meaning);
  }

  /** A count. */
  static Field count(String name, String meaning) {
    return new Field(name, Scalar.INT, false, "", meaning);
  }
}
