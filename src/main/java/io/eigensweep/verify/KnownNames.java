package io.eigensweep.verify;

import io.eigensweep.measure.Field;
import io.eigensweep.result.Column;
import io.eigensweep.result.Tables;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The values of a row, or of a struct in one. A column that it does not have is null, as the row of
 * an earlier program claims nothing of it; a name that no column has is an error, so that nothing
 * is compared in name alone.
 */
final class KnownNames extends AbstractMap<String, @Nullable Object> {
  private static final Set<String> NAMES =
      Stream.concat(
              Tables.ROW.stream().map(Column::name),
              Stream.of("trials", "curves", "spectra", "modes")
                  .flatMap(table -> Tables.BY_NAME.getOrDefault(table, List.of()).stream())
                  .map(Field::name))
          .collect(Collectors.toUnmodifiableSet());

  private final Map<String, @Nullable Object> values;
  private final Set<String> others;

  /**
   * A copy of {@code values}.
   *
   * @param others names that another program gave columns
   */
  KnownNames(Map<String, @Nullable Object> values, Set<String> others) {
    this.values = new LinkedHashMap<>(values);
    this.others = others;
  }

  /**
   * These names as a set.
   *
   * @throws IllegalArgumentException when one is no column of a row, nor of what is nested in it
   */
  static Set<String> set(String... names) {
    for (String name : names) {
      require(name);
    }
    return Set.of(names);
  }

  private static void require(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException("rows have no column " + name);
    }
  }

  @Override
  public Set<Map.Entry<String, @Nullable Object>> entrySet() {
    return values.entrySet();
  }

  @Override
  public @Nullable Object put(String name, @Nullable Object value) {
    return values.put(name, value);
  }

  @Override
  public boolean containsKey(Object name) {
    return values.containsKey(name);
  }

  @Override
  public @Nullable Object get(Object name) {
    if (!values.containsKey(name) && !others.contains(name)) {
      require(String.valueOf(name));
    }
    return values.get(name);
  }
}
