package io.eigensweep.job;

import java.util.Locale;

/**
 * Where a value of a job comes from, for messages: a place in the file or an override.
 *
 * @param source the file's name, or {@code --set path}
 * @param line from 1; 0 for an override
 * @param column from 1; 0 for an override
 */
public record Position(String source, int line, int column) {

  /** The position of everything that {@code --set path=…} brings. */
  static Position override(String path) {
    return new Position("--set " + path, 0, 0);
  }

  /** Whether the value comes from the command line. */
  boolean isOverride() {
    return line == 0;
  }

  /** The error at this position that {@code format}, one of {@link String#format}, tells of. */
  public JobException error(String format, Object... values) {
    return new JobException(this + ": " + String.format(Locale.ROOT, format, values));
  }

  @Override
  public String toString() {
    return isOverride() ? source : source + ":" + line + ":" + column;
  }
}
