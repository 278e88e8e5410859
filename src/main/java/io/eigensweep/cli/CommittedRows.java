package io.eigensweep.cli;

import io.eigensweep.aggregate.TrialRow;
import io.eigensweep.result.ResultStore;
import io.eigensweep.trial.TrialId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads committed rows in this JVM, without a cluster: only the columns that are asked for. */
final class CommittedRows {
  private final ResultStore store;

  CommittedRows(ResultStore store) {
    this.store = store;
  }

  /** What statistics use of the rows of {@code ids}. */
  List<TrialRow> of(Collection<TrialId> ids) {
    return read(ids, Set.of()).stream().map(row -> TrialRow.of(row::get)).toList();
  }

  /** These columns of the rows of {@code ids}, and those of {@link TrialRow}. */
  List<Map<String, @Nullable Object>> read(Collection<TrialId> ids, Set<String> more) {
    Set<String> columns = new HashSet<>(TrialRow.columns());
    columns.addAll(more);
    return store.rows(ids, columns);
  }
}
