package io.eigensweep.cli;

import io.eigensweep.aggregate.TrialRow;
import io.eigensweep.result.ResultStore;
import io.eigensweep.result.RowFile;
import io.eigensweep.trial.TrialId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads committed rows in this JVM, without a cluster: only the columns that are asked for, and
 * with some threads, because a remote file system answers slowly but many at a time.
 */
final class CommittedRows {
  private static final int READERS = 16;

  private final ResultStore store;
  private final Configuration conf;

  CommittedRows(ResultStore store, Configuration conf) {
    this.store = store;
    this.conf = conf;
  }

  /** What statistics use of the rows of {@code ids}. */
  List<TrialRow> of(Collection<TrialId> ids) {
    return read(ids, Set.of()).stream().map(row -> TrialRow.of(row::get)).toList();
  }

  /** These columns of the rows of {@code ids}, and those of {@link TrialRow}. */
  List<Map<String, @Nullable Object>> read(Collection<TrialId> ids, Set<String> more) {
    Set<String> columns = new HashSet<>(TrialRow.columns());
    columns.addAll(more);
    ExecutorService readers = Executors.newFixedThreadPool(READERS);
    try {
      List<Future<Map<String, @Nullable Object>>> futures = new ArrayList<>();
      for (TrialId id : ids) {
        futures.add(readers.submit(() -> RowFile.read(file(id), conf, columns)));
      }
      List<Map<String, @Nullable Object>> rows = new ArrayList<>(futures.size());
      for (Future<Map<String, @Nullable Object>> future : futures) {
        rows.add(future.get());
      }
      return rows;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io
          ? new UncheckedIOException(io)
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading rows", e);
    } finally {
      readers.shutdownNow();
    }
  }

  /** Every column of the row of {@code id}. */
  Map<String, @Nullable Object> row(TrialId id) {
    try {
      return RowFile.read(file(id), conf);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(TrialId id) {
    return new Path(store.trialsFolder(), id + ".parquet");
  }
}
