package io.eigensweep.cli;

import io.eigensweep.aggregate.EndedTrial;
import io.eigensweep.aggregate.TrialRow;
import io.eigensweep.plan.Quantity;
import io.eigensweep.result.RowLabel;
import io.eigensweep.store.ResultStore;
import io.eigensweep.store.RowVersion;
import io.eigensweep.trial.Numerics;
import io.eigensweep.trial.TrialId;
import java.io.PrintStream;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The committed rows of planned trials, as they are counted: a short read of each, and of as many
 * as can be read in seconds the whole content.
 */
final class CommittedRows {
  /** Rows of more than this are not read to the last byte by commands that only count them. */
  private static final long CHECKED_BYTES = 256L << 20;

  private static final int SHOWN = 10;

  private final Map<TrialId, RowVersion> files;
  private final Map<TrialId, RowLabel> labels;
  private final Map<TrialId, String> damaged;
  private final long unread;

  private CommittedRows(
      Map<TrialId, RowVersion> files,
      Map<TrialId, RowLabel> labels,
      Map<TrialId, String> damaged,
      long unread) {
    this.files = files;
    this.labels = labels;
    this.damaged = damaged;
    this.unread = unread;
  }

  /** Reads what counting needs of the rows of {@code planned} trials. */
  static CommittedRows of(ResultStore store, Set<TrialId> planned) {
    Map<TrialId, RowVersion> files = store.rowFiles();
    files.keySet().retainAll(planned);
    long bytes = files.values().stream().mapToLong(RowVersion::length).sum();
    Map<TrialId, RowLabel> labels = store.labels(files);
    // Without a label a row was read whole, in vain.
    Collection<TrialId> checked =
        bytes <= CHECKED_BYTES
            ? files.keySet()
            : files.keySet().stream().filter(id -> !labels.containsKey(id)).toList();
    Map<TrialId, String> damaged = store.damaged(checked);
    labels.keySet().removeAll(damaged.keySet());
    return new CommittedRows(files, labels, damaged, bytes <= CHECKED_BYTES ? 0 : bytes);
  }

  /** The trials that have a row, whether it can be read or not. */
  Set<TrialId> committed() {
    return files.keySet();
  }

  /** How those of them ended that can be read. */
  List<EndedTrial> ended() {
    return labels.values().stream().map(EndedTrial::of).toList();
  }

  /** What counting needs of those that can be read. */
  Collection<RowLabel> labels() {
    return labels.values();
  }

  /** The trials whose row can be read. */
  Set<TrialId> readable() {
    return labels.keySet();
  }

  /** Names the rows that can't be used, and those of another numerics version. */
  void printTroubles(PrintStream out) {
    if (!damaged.isEmpty()) {
      out.printf(
          Locale.ROOT,
          "%s can't be used; sweep --retry-failed moves them aside and runs their trials again:%n",
          Quantity.count(damaged.size(), "row"));
      damaged.values().stream().limit(SHOWN).forEach(reason -> out.println("  " + reason));
      if (damaged.size() > SHOWN) {
        out.printf(Locale.ROOT, "  and %d more%n", damaged.size() - SHOWN);
      }
    }
    long others =
        labels.values().stream().filter(label -> label.numerics() != Numerics.VERSION).count();
    if (others > 0) {
      out.printf(
          Locale.ROOT,
          "%s of another numerics version than this program's, %d%n",
          Quantity.count(others, "row"),
          Numerics.VERSION);
    }
    if (unread > 0) {
      out.printf(
          Locale.ROOT,
          "the %.1f GB of the rows are counted by their ends; aggregate reads them whole%n",
          unread / 1e9);
    }
  }

  /** These columns of the rows of {@code ids}, and those of {@link TrialRow}. */
  static List<Map<String, @Nullable Object>> read(
      ResultStore store, Collection<TrialId> ids, Set<String> more) {
    Set<String> columns = new HashSet<>(TrialRow.columns());
    columns.addAll(more);
    return store.rows(ids, columns);
  }

  /** The rows that were written last, at most {@code most}: what tells the pace. */
  List<TrialId> latest(int most) {
    return labels.keySet().stream()
        .sorted(Comparator.comparingLong(this::modified).reversed())
        .limit(most)
        .toList();
  }

  private long modified(TrialId id) {
    return Objects.requireNonNull(files.get(id)).modified();
  }
}
