package io.eigensweep.signal;

import io.eigensweep.settings.Shorthand;
import java.io.Serializable;
import java.util.List;

/**
 * How many of a sorted list are used: {@code all} or the first n.
 *
 * @param limit the most that are used; {@link Integer#MAX_VALUE} for all
 */
public record Count(int limit) implements Serializable, Shorthand {
  public static final Count ALL = new Count(Integer.MAX_VALUE);

  public Count {
    if (limit < 1) {
      throw new IllegalArgumentException("a count must be all or at least 1, got " + limit);
    }
  }

  /** Reads {@code all} or a positive integer. */
  public static Count parse(String text) {
    if (text.equals("all")) {
      return ALL;
    }
    if (!text.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException("a count must be all or a whole number, got " + text);
    }
    return new Count(Integer.parseInt(text));
  }

  /** The first {@code limit} entries of {@code sorted}. */
  public <T> List<T> of(List<T> sorted) {
    return sorted.subList(0, Math.min(limit, sorted.size()));
  }

  @Override
  public String shorthand() {
    return limit == Integer.MAX_VALUE ? "all" : Integer.toString(limit);
  }
}
