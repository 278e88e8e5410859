package io.eigensweep.claims;

import io.eigensweep.ntk.Checkpoint;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which number of which trials.
 *
 * @param quantity the number
 * @param where selectors by column of hyperparameters
 * @param term of the kernel, for spectra
 * @param epoch for what a row has at several epochs
 * @param best the quantity whose mean chooses one encoding among those selected, null for all
 */
public record Side(
    Quantity quantity,
    Map<String, Selector> where,
    String term,
    Checkpoint epoch,
    @Nullable Quantity best) {
  /** The epoch where nothing is said. */
  static final Checkpoint LAST = Checkpoint.parse("last");

  /** The term where nothing is said. */
  static final String TOTAL = "total";

  public Side {
    where = Collections.unmodifiableMap(new LinkedHashMap<>(where));
  }

  /** As a claim writes it: {@code encoding: fourier, levels: 8, term: mlp}. */
  @Override
  public String toString() {
    return text(quantity);
  }

  /** The same where {@code usual} is the claim's quantity. */
  String text(Quantity usual) {
    StringBuilder out = new StringBuilder();
    where.forEach((column, selector) -> add(out, column, selector));
    if (best != null) {
      add(out, "best", best);
    }
    if (!quantity.equals(usual)) {
      add(out, "quantity", quantity);
    }
    if (!term.equals(TOTAL)) {
      add(out, "term", term);
    }
    if (!epoch.equals(LAST)) {
      add(out, "epoch", epoch.name());
    }
    return out.isEmpty() ? "all" : out.toString();
  }

  private static void add(StringBuilder out, String key, Object value) {
    out.append(out.isEmpty() ? "" : ", ").append(key).append(": ").append(value);
  }
}
