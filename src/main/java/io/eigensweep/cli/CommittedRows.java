package io.eigensweep.cli;

import io.eigensweep.aggregate.Fate;
import io.eigensweep.aggregate.TrialRow;
import io.eigensweep.plan.Quantity;
import io.eigensweep.result.ResultStore;
import io.eigensweep.result.RowLabel;
import io.eigensweep.trial.Numerics;
import io.eigensweep.trial.TrialId;
import java.io.PrintStream;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The committed rows of planned trials, as they are counted: a short read of each, and of as many
 * as can be read in seconds the whole content.
 */
final class CommittedRows {
  /** Rows of more than this are not read to the last byte by commands that only count them. */
  private static final long CHECKED_BYTES = 256L << 20;

  private static final int SHOWN = 10;

  private final ResultStore store;
  private final Map<TrialId, RowLabel> labels;
  private final Map<TrialId, String> damaged;
  private final long unread;

  private CommittedRows(
      ResultStore store, Map<TrialId, RowLabel> labels, Map<TrialId, String> damaged, long unread) {
    this.store = store;
    this.labels = labels;
    this.damaged = damaged;
    this.unread = unread;
  }

  /** Reads what counting needs of the rows of {@code ids}, which are committed. */
  static CommittedRows of(ResultStore store, Collection<TrialId> ids) {
    long bytes = store.rowBytes(ids);
    Map<TrialId, RowLabel> labels = new TreeMap<>(store.labels(ids));
    // Without a label a row was read whole, in vain.
    Collection<TrialId> checked =
        bytes <= CHECKED_BYTES ? ids : ids.stream().filter(id -> !labels.containsKey(id)).toList();
    Map<TrialId, String> damaged = store.damaged(checked);
    labels.keySet().removeAll(damaged.keySet());
    return new CommittedRows(store, labels, damaged, bytes <= CHECKED_BYTES ? 0 : bytes);
  }

  /** How those of them ended that can be read. */
  List<Fate> fates() {
    return labels.values().stream().map(Fate::of).toList();
  }

  /** What counting needs of those that can be read. */
  Collection<RowLabel> labels() {
    return labels.values();
  }

  /** The trials whose row can be read. */
  List<TrialId> readable() {
    return List.copyOf(labels.keySet());
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
    return store.latest(labels.keySet(), most);
  }
}
