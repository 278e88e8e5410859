package io.eigensweep.store;

import io.eigensweep.result.Row;
import io.eigensweep.result.RowFile;
import io.eigensweep.result.RowLabel;
import io.eigensweep.result.StoredRow;
import io.eigensweep.result.UnreadableRowException;
import io.eigensweep.trial.ArtifactSink;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.TrialId;
import io.eigensweep.trial.TrialResult;
import io.eigensweep.trial.TrialSaves;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep has stored: rows, the frozen job, artifacts, and the saves of long trainings.
 *
 * <p>Errors are {@link ResultStoreException}s.
 */
public final class ResultStore extends SweepFolder implements ArtifactSink, TrialSaves {
  private static final String ROW_END = ".parquet";

  private final Configuration conf;
  private final AttemptLog attempts;

  /** Unfinished trials of which this JVM has seen a state. */
  private final Set<TrialId> saved = ConcurrentHashMap.newKeySet();

  private @Nullable String jobName;

  /** The store in {@code out}; nothing is read or written yet. */
  public ResultStore(Path out, Configuration conf) {
    super(out, conf);
    this.conf = conf;
    attempts = new AttemptLog(this);
  }

  /** The store in the folder that {@code out} names; nothing is read or written yet. */
  public ResultStore(URI out, Configuration conf) {
    this(new Path(out), conf);
  }

  /** Who tried what when. */
  public AttemptLog attempts() {
    return attempts;
  }

  /** Whether {@code id} has a row. */
  public boolean isCommitted(TrialId id) {
    try {
      return fs().exists(rowFile(id));
    } catch (IOException e) {
      throw new ResultStoreException("look for", rowFile(id), e);
    }
  }

  /** The trials that have a row. Files with other names are not looked at. */
  public Set<TrialId> committed() {
    return rowFiles().keySet();
  }

  /** The row files by trial, from one listing. Files with other names are not looked at. */
  public Map<TrialId, RowVersion> rowFiles() {
    Map<TrialId, RowVersion> rows = new TreeMap<>();
    try {
      storage()
          .list(trialsFolder())
          .forEach((file, version) -> trialOf(file).ifPresent(id -> rows.put(id, version)));
    } catch (FileNotFoundException e) {
      return rows; // a sweep that has not started
    } catch (IOException e) {
      throw new ResultStoreException("list", trialsFolder(), e);
    }
    return rows;
  }

  /**
   * Makes the row of {@code result} visible, unless the trial has one already.
   *
   * @return false when another attempt was first; its row stands, and that is success too
   */
  public boolean commit(TrialResult result) {
    TrialId id = result.trial().id();
    Path temporary = temporary(id + ".parquet");
    try {
      byte[] row = RowFile.bytes(Row.of(result, jobName()), conf);
      boolean won = create(temporary, rowFile(id), row);
      if (saved.remove(id) || result.outcome().status() != Status.SUCCEEDED) {
        fs().delete(saveFile(id), false);
      }
      return won;
    } catch (IOException e) {
      throw new ResultStoreException("commit", rowFile(id), e);
    }
  }

  /**
   * What counting needs of the rows in these {@code files}, from a short read of each. Rows of
   * which not even that can be read are left out: {@link #damaged} has them.
   */
  public Map<TrialId, RowLabel> labels(Map<TrialId, RowVersion> files) {
    List<Map.Entry<TrialId, RowVersion>> asked = List.copyOf(files.entrySet());
    List<Optional<RowLabel>> read =
        InParallel.ask(
            "read",
            file -> rowFile(file.getKey()),
            asked,
            file -> label(file.getKey(), file.getValue().length()));
    Map<TrialId, RowLabel> labels = new TreeMap<>();
    for (int i = 0; i < asked.size(); i++) {
      TrialId id = asked.get(i).getKey();
      read.get(i).ifPresent(label -> labels.put(id, label));
    }
    return labels;
  }

  /**
   * Reads the rows of {@code ids} to the last byte, and says why some are not what was written, or
   * no rows that this program can read. Rows that are gone are left out.
   *
   * @return one line for each of those, by trial
   */
  public Map<TrialId, String> damaged(Collection<TrialId> ids) {
    List<TrialId> asked = List.copyOf(ids);
    List<Optional<String>> read = InParallel.ask("read", this::rowFile, asked, this::damage);
    Map<TrialId, String> damaged = new TreeMap<>();
    for (int i = 0; i < asked.size(); i++) {
      TrialId id = asked.get(i);
      read.get(i).ifPresent(reason -> damaged.put(id, reason));
    }
    return damaged;
  }

  /**
   * Moves the rows with these {@code statuses}, and those that are {@link #damaged}, to {@code
   * trials/_superseded/}, so that their trials count as missing.
   *
   * @return how many
   */
  public int supersede(Set<Status> statuses) {
    Map<TrialId, RowVersion> files = rowFiles();
    Set<TrialId> moved = new TreeSet<>(damaged(files.keySet()).keySet());
    labels(files)
        .forEach(
            (id, label) -> {
              if (statuses.contains(label.status())) {
                moved.add(id);
              }
            });
    InParallel.ask("supersede", this::rowFile, moved, this::supersede);
    attempts.supersede(moved);
    return moved.size();
  }

  /**
   * These {@code columns} of the rows of {@code ids}, in their order. Rows that are damaged, or no
   * rows that this program can read, are left out.
   */
  public List<Map<String, @Nullable Object>> rows(Collection<TrialId> ids, Set<String> columns) {
    return InParallel.ask("read", this::rowFile, ids, id -> readable(id, columns)).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /** Every column of the row of {@code id}. */
  public Map<String, @Nullable Object> row(TrialId id) {
    try {
      return RowFile.read(rowFile(id), storage().read(rowFile(id)), name -> true);
    } catch (IOException e) {
      throw new ResultStoreException("read", rowFile(id), e);
    }
  }

  /**
   * The row of {@code id} as it is stored, to be read column by column; empty when it is gone.
   *
   * @throws UnreadableRowException when it is no row that this program can read
   */
  public Optional<StoredRow> storedRow(TrialId id) throws UnreadableRowException {
    try {
      return Optional.of(StoredRow.open(rowFile(id), id, storage().read(rowFile(id))));
    } catch (UnreadableRowException e) {
      throw e;
    } catch (FileNotFoundException | NoSuchFileException e) {
      return Optional.empty(); // moved aside in between
    } catch (IOException e) {
      throw new ResultStoreException("read", rowFile(id), e);
    }
  }

  /** The frozen job, if there is one. */
  public Optional<String> readJob() {
    try {
      return readIfThere(jobFile()).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new ResultStoreException("read", jobFile(), e);
    }
  }

  /** Writes the frozen job, replacing one that is there. */
  public synchronized void writeJob(String json) {
    write(jobFile(), json.getBytes(StandardCharsets.UTF_8));
    jobName = null;
  }

  /** Name and size of the frozen job, if there is one. */
  public Optional<FrozenJob> job() {
    try {
      return readJob().map(FrozenJob::parse);
    } catch (IllegalArgumentException e) {
      throw new ResultStoreException("read", jobFile(), e);
    }
  }

  /**
   * A stream for {@code artifacts/<id>/<name>}. Closing it makes the file visible, replacing that
   * of an earlier attempt; a stream that is never closed leaves nothing behind.
   */
  @Override
  public OutputStream create(TrialId id, String name) {
    Path file = new Path(new Path(artifactsFolder(), id.text()), name);
    return new ArtifactStream(content -> write(file, content));
  }

  /** The content of {@code artifacts/<id>/<name>}, if the trial has left such a file. */
  public Optional<byte[]> artifact(TrialId id, String name) {
    Path file = new Path(new Path(artifactsFolder(), id.text()), name);
    try {
      return readIfThere(file);
    } catch (IOException e) {
      throw new ResultStoreException("read", file, e);
    }
  }

  /** The content of {@code report/<name>}, if there is such a file. */
  public Optional<byte[]> report(String name) {
    Path file = new Path(reportFolder(), name);
    try {
      return readIfThere(file);
    } catch (IOException e) {
      throw new ResultStoreException("read", file, e);
    }
  }

  /** The state of an unfinished training. */
  @Override
  public Optional<byte[]> read(TrialId id) throws IOException {
    try {
      Optional<byte[]> state = readIfThere(saveFile(id));
      if (state.isPresent()) {
        saved.add(id);
      }
      return state;
    } catch (IOException e) {
      saved.add(id); // it is there, whatever is wrong with it
      throw e;
    }
  }

  /** Keeps the state of an unfinished training; {@link #commit} removes it. */
  @Override
  public void write(TrialId id, State state) throws IOException {
    Path temporary = temporary(id + ".save");
    put(temporary, saveFile(id), state.bytes());
    saved.add(id);
  }

  /** Returns the id, for {@link InParallel}. */
  private TrialId supersede(TrialId id) {
    Path folder = new Path(trialsFolder(), "_superseded");
    try {
      fs().mkdirs(folder);
      int attempt = 1;
      while (!storage()
          .renameIfAbsent(rowFile(id), new Path(folder, id + "-" + attempt + ".parquet"))) {
        attempt++;
      }
      return id;
    } catch (IOException e) {
      throw new ResultStoreException("supersede", rowFile(id), e);
    }
  }

  private static Optional<TrialId> trialOf(String file) {
    if (!file.endsWith(ROW_END)) {
      return Optional.empty();
    }
    String name = file.substring(0, file.length() - ROW_END.length());
    return TrialId.isId(name) ? Optional.of(new TrialId(name)) : Optional.empty();
  }

  private Optional<RowLabel> label(TrialId id, long length) throws IOException {
    byte[] tail = storage().tail(trialsFolder(), id + ROW_END, length, RowLabel.TAIL);
    Optional<RowLabel> label = RowLabel.read(tail).filter(found -> found.id().equals(id));
    if (label.isPresent()) {
      return label;
    }
    try {
      return Optional.of(RowFile.label(rowFile(id), id, storage().read(rowFile(id))));
    } catch (UnreadableRowException e) {
      return Optional.empty();
    }
  }

  private Optional<String> damage(TrialId id) throws IOException {
    try {
      RowFile.check(rowFile(id), id, storage().read(rowFile(id)));
      return Optional.empty();
    } catch (UnreadableRowException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (FileNotFoundException | NoSuchFileException e) {
      return Optional.empty(); // moved aside in between
    }
  }

  private Optional<Map<String, @Nullable Object>> readable(TrialId id, Set<String> columns)
      throws IOException {
    try {
      byte[] content = storage().read(rowFile(id));
      RowFile.check(rowFile(id), id, content);
      return Optional.of(RowFile.read(rowFile(id), content, columns::contains));
    } catch (UnreadableRowException e) {
      return Optional.empty();
    }
  }

  private synchronized @Nullable String jobName() {
    if (jobName == null) {
      jobName = job().map(FrozenJob::name).orElse(null);
    }
    return jobName;
  }

  private Path rowFile(TrialId id) {
    return new Path(trialsFolder(), id + ROW_END);
  }

  private Path saveFile(TrialId id) {
    return new Path(new Path(folder(), "checkpoints"), id.text());
  }
}
