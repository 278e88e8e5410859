package io.eigensweep.claims;

import io.eigensweep.measure.ColumnType.Scalar;
import io.eigensweep.measure.Eigenvalue;
import io.eigensweep.measure.Measure;
import io.eigensweep.measure.Measures;
import io.eigensweep.measure.SpectrumMeasures;
import io.eigensweep.settings.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A number that rows have: a column of {@code trials}, or, with the table before it, of {@code
 * curves}, {@code spectra} and {@code modes}.
 *
 * @param table where
 * @param column which
 * @param unit of it
 */
public record Quantity(Table table, String column, String unit) {
  /** The smallest eigenvalue, which is known by its bounds. */
  static final String LAMBDA_MIN = "lambda_min";

  /** By how much eigenvalues exceed what Weyl's inequality gives; at least 0. */
  static final String WEYL_SLACK = "weyl_slack";

  private static final Set<Scalar> NUMBERS = Set.of(Scalar.INT, Scalar.BIGINT, Scalar.DOUBLE);

  /** What a row has: one of each quantity, or several. */
  public enum Table {
    TRIALS("", Measures.MEASURED),
    CURVES("curve", SpectrumMeasures.CURVE),
    SPECTRA("spectra", SpectrumMeasures.SPECTRUM),
    MODES("modes", SpectrumMeasures.MODE);

    private final String nested;

    @SuppressWarnings("ImmutableEnumChecker") // filled once, by the constructor
    private final List<String> columns = new ArrayList<>();

    @SuppressWarnings("ImmutableEnumChecker") // filled once, by the constructor
    private final List<String> units = new ArrayList<>();

    Table(String nested, List<? extends Measure<?, ?>> measures) {
      this.nested = nested;
      Set<String> left = nested.isEmpty() ? ofScopes() : ofOtherUse();
      for (Measure<?, ?> measure : measures) {
        if (measure.field().type() instanceof Scalar type
            && NUMBERS.contains(type)
            && !left.contains(measure.name())) {
          columns.add(measure.name());
          units.add(measure.field().unit());
        }
      }
    }

    /** The column of a row file that holds it, empty for the row itself. */
    String nested() {
      return nested;
    }

    /** Eigenvalues of which only the row's own scope is told. */
    private static Set<String> ofScopes() {
      Set<String> names = new HashSet<>(Set.of(WEYL_SLACK, "schur_bound"));
      for (Eigenvalue eigenvalue : Measures.EIGENVALUES) {
        names.add(eigenvalue.value().name());
        names.add(eigenvalue.lower().name());
        names.add(eigenvalue.upper().name());
      }
      names.add("training_lambda_min_lower");
      names.add("training_lambda_min_upper");
      return names;
    }

    /** What selects, and the bounds that {@link #LAMBDA_MIN} stands for. */
    private static Set<String> ofOtherUse() {
      return Set.of(
          "epoch",
          "from_epoch",
          "mode",
          "count",
          "eigenvalue",
          "frequency",
          "lambda_min_lower",
          "lambda_min_upper");
    }
  }

  /**
   * The quantity that is called {@code name}: {@code psnr}, {@code spectra.lambda_min}.
   *
   * @throws IllegalArgumentException when there is none
   */
  static Quantity named(String name) {
    int dot = name.indexOf('.');
    String column = name.substring(dot + 1);
    Table table =
        dot < 0
            ? Table.TRIALS
            : Names.constant(Table.class, name.substring(0, dot))
                .filter(known -> known != Table.TRIALS)
                .orElse(Table.TRIALS);
    int index = dot >= 0 && table == Table.TRIALS ? -1 : table.columns.indexOf(column);
    if (index < 0) {
      throw new IllegalArgumentException("unknown quantity " + name);
    }
    return new Quantity(table, column, table.units.get(index));
  }

  /** The names of all. */
  static List<String> names() {
    List<String> names = new ArrayList<>();
    for (Table table : Table.values()) {
      String before = table == Table.TRIALS ? "" : table.name().toLowerCase(Locale.ROOT) + ".";
      table.columns.forEach(column -> names.add(before + column));
    }
    return names;
  }

  /** Whether it depends on the points that a kernel is of. */
  boolean hasScope() {
    return table == Table.SPECTRA;
  }

  @Override
  public String toString() {
    return table == Table.TRIALS ? column : Names.of(table) + "." + column;
  }
}
