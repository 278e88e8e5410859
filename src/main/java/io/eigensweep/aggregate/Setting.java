package io.eigensweep.aggregate;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.result.Hyperparameter;
import io.eigensweep.result.Hyperparameters;
import io.eigensweep.settings.Names;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One line of a comparison: an encoding with its hyperparameters, and everything else that can
 * change a number but the picture and the seed.
 *
 * @param encoding type of the encoding
 * @param own its hyperparameters by column
 * @param rest size and coordinates of the picture, network, training and kernel by column
 */
record Setting(String encoding, Map<String, Object> own, Map<String, Object> rest) {
  private static final List<String> ENCODINGS =
      Arrays.stream(Encoding.class.getPermittedSubclasses()).map(Names::typeName).toList();

  /** Encodings in the order of their declaration, grids by resolution, then by the other fields. */
  static final Comparator<Setting> ORDER =
      Comparator.comparingInt(Setting::rank)
          .thenComparing(byColumn("resolution"))
          .thenComparing(byOtherColumns());

  /** {@link #ORDER} with the resolution last. */
  static final Comparator<Setting> RESOLUTION_LAST =
      Comparator.comparingInt(Setting::rank)
          .thenComparing(byOtherColumns())
          .thenComparing(byColumn("resolution"));

  static Setting of(TrialRow row) {
    Map<String, Object> own = new LinkedHashMap<>();
    Map<String, Object> rest = new LinkedHashMap<>();
    for (Hyperparameter parameter : Hyperparameters.SETTING) {
      Object value = row.setting().get(parameter.name());
      if (value != null) {
        (parameter.group().equals("encoding") ? own : rest).put(parameter.name(), value);
      }
    }
    return new Setting(row.encoding(), own, rest);
  }

  /**
   * The value of hyperparameter {@code column}, null when this encoding has none.
   *
   * @throws IllegalArgumentException when there is no such hyperparameter
   */
  @Nullable Object value(String column) {
    return valueOf(Hyperparameters.named(column));
  }

  private @Nullable Object valueOf(Hyperparameter parameter) {
    Object value = own.get(parameter.name());
    return value == null ? rest.get(parameter.name()) : value;
  }

  /** This setting without {@code columns} of network, training and kernel. */
  Setting without(Set<String> columns) {
    Map<String, Object> kept = new LinkedHashMap<>(rest);
    kept.keySet().removeAll(columns);
    return new Setting(encoding, own, kept);
  }

  /** Whether eigenvalues of the two are of the same kind of kernel. */
  boolean sameKernel(Setting other) {
    return List.of("outputs", "ntk_points", "ntk_pattern", "ntk_windows", "ntk_precision").stream()
        .allMatch(column -> java.util.Objects.equals(value(column), other.value(column)));
  }

  private int rank() {
    int index = ENCODINGS.indexOf(encoding);
    return index < 0 ? ENCODINGS.size() : index;
  }

  private static Comparator<Setting> byOtherColumns() {
    Comparator<Setting> order = Comparator.comparing(Setting::encoding);
    for (Hyperparameter parameter : Hyperparameters.SETTING) {
      if (!parameter.name().equals("resolution")) {
        order = order.thenComparing(byColumn(parameter.name()));
      }
    }
    return order;
  }

  private static Comparator<Setting> byColumn(String column) {
    Hyperparameter parameter = Hyperparameters.named(column);
    return Comparator.comparing(
        setting -> setting.valueOf(parameter), Comparator.nullsFirst(Setting::compareValues));
  }

  private static int compareValues(Object a, Object b) {
    return a instanceof Number first && b instanceof Number second
        ? Double.compare(first.doubleValue(), second.doubleValue())
        : a.toString().compareTo(b.toString());
  }
}
