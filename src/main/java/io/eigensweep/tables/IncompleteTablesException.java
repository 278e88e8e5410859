package io.eigensweep.tables;

import java.util.Locale;

/** Tables that were written do not hold what they should; they are not published. */
final class IncompleteTablesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  IncompleteTablesException(String table, String found) {
    super(String.format(Locale.ROOT, "the table %s was written with %s", table, found));
  }
}
