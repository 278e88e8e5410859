package io.eigensweep.cli;

import io.eigensweep.settings.CanonicalJson;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The text of one value of a query's result. */
final class Cells {
  private Cells() {}

  /**
   * Empty for NULL; doubles with the fewest digits that read back to the same bits; instants in ISO
   * 8601, UTC; lists and structs as JSON.
   */
  static String text(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Double number) {
      return Double.isFinite(number) ? CanonicalJson.number(number) : number.toString();
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    return value instanceof List<?> || value instanceof Map<?, ?>
        ? Json.of(value)
        : value.toString();
  }
}
