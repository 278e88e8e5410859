package io.eigensweep.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table of plain, unescaped text.
 *
 * @param header the columns' names
 * @param cells the rows, each as long as the header; null where there is no value
 * @param best the cells that are the best of their column
 */
public record Table(List<String> header, List<List<@Nullable String>> cells, Set<Cell> best) {

  /** The position of a cell, from 0. */
  public record Cell(int row, int column) {}

  public Table {
    header = List.copyOf(header);
    List<List<@Nullable String>> rows = new ArrayList<>(cells.size());
    for (List<@Nullable String> row : cells) {
      if (row.size() != header.size()) {
        throw new IllegalArgumentException(
            "a row of " + row.size() + " cells under a header of " + header.size());
      }
      rows.add(Collections.unmodifiableList(new ArrayList<>(row)));
    }
    cells = Collections.unmodifiableList(rows);
    best = Set.copyOf(best);
  }

  /** A table without best cells. */
  public Table(List<String> header, List<List<@Nullable String>> cells) {
    this(header, cells, Set.of());
  }
}
