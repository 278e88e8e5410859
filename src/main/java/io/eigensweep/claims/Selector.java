package io.eigensweep.claims;

import io.eigensweep.settings.CanonicalJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which values of a hyperparameter a claim is about. */
sealed interface Selector {

  /**
   * One of some values; null is that of trials without this hyperparameter.
   *
   * @param values at least one
   */
  record AnyOf(List<@Nullable Object> values) implements Selector {
    public AnyOf {
      values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    boolean has(@Nullable Object value) {
      return values.stream().anyMatch(one -> same(one, value));
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
      if (one instanceof Number first && other instanceof Number second) {
        return first.doubleValue() == second.doubleValue();
      }
      return one == null ? other == null : one.equals(other);
    }

    @Override
    public String toString() {
      String text = values.stream().map(AnyOf::text).collect(Collectors.joining(", "));
      return values.size() == 1 ? text : "[" + text + "]";
    }

    private static String text(@Nullable Object value) {
      return value instanceof Double number
          ? CanonicalJson.number(number)
          : value == null ? "none" : value.toString();
    }
  }

  /** The least or the largest that the study has. */
  enum Extreme implements Selector {
    LEAST,
    LARGEST;

    @Override
    public String toString() {
      return this == LEAST ? "least" : "largest";
    }
  }
}
