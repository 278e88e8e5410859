package io.eigensweep.cli;

import io.eigensweep.result.RowLabel;
import java.io.PrintStream;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Trials that ran on the Java library although the native one was wanted: they took several times
 * as long, and have other bits.
 */
final class SlowLibraryText {
  private static final int SHOWN = 10;

  private SlowLibraryText() {}

  private record Place(String host, String problem) {}

  /** Says how many of {@code rows} those are, on which machines and why; nothing when none is. */
  static void print(Collection<RowLabel> rows, PrintStream out) {
    Map<Place, Long> places = new LinkedHashMap<>();
    for (RowLabel row : rows) {
      @Nullable String problem = row.blasProblem();
      if (problem != null) {
        places.merge(new Place(row.host(), problem), 1L, Long::sum);
      }
    }
    if (places.isEmpty()) {
      return;
    }
    out.printf(
        Locale.ROOT,
        "%d of %d trials ran without OpenBLAS, on the slower Java library:%n",
        places.values().stream().mapToLong(Long::longValue).sum(),
        rows.size());
    places.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(SHOWN)
        .forEach(
            place ->
                out.printf(
                    Locale.ROOT,
                    "  %d on %s: %s%n",
                    place.getValue(),
                    place.getKey().host(),
                    place.getKey().problem()));
    if (places.size() > SHOWN) {
      out.printf(Locale.ROOT, "  and %d more machines or reasons%n", places.size() - SHOWN);
    }
  }
}
