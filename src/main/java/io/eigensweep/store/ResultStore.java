package io.eigensweep.store;

import io.eigensweep.files.NoSpaceException;
import io.eigensweep.result.Row;
import io.eigensweep.result.RowFile;
import io.eigensweep.result.RowLabel;
import io.eigensweep.result.UnreadableRowException;
import io.eigensweep.trial.ArtifactSink;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.TrialId;
import io.eigensweep.trial.TrialResult;
import io.eigensweep.trial.TrialSaves;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FsStatus;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a sweep on any Hadoop file system.
 *
 * <pre>
 * job.json                       the frozen job
 * trials/&lt;id&gt;.parquet            committed rows
 * trials/_tmp/                   rows and files that are being written
 * trials/_superseded/&lt;id&gt;-&lt;n&gt;.parquet  rows of earlier attempts
 * attempts/                      who tries what, and what died of it, see {@link AttemptLog}
 * checkpoints/&lt;id&gt;             the state of an unfinished long training
 * artifacts/&lt;id&gt;/&lt;name&gt;          files of trials
 * tables/, report/               what aggregation makes
 * </pre>
 *
 * Every file appears under its name whole or not at all. Errors are {@link ResultStoreException}s.
 */
public final class ResultStore implements ArtifactSink, TrialSaves {
  private static final long STALE_MILLIS = 3_600_000;

  /** What a large row takes. */
  private static final long ROW_BYTES = 256 << 10;

  private static final String ROW_END = ".parquet";

  private final Path out;
  private final Path trials;
  private final Configuration conf;
  private final FileSystem fs;
  private final Storage storage;
  private final AttemptLog attempts;

  /** Unfinished trials of which this JVM has seen a state. */
  private final Set<TrialId> saved = ConcurrentHashMap.newKeySet();

  private @Nullable String jobName;

  /** The store in {@code out}; nothing is read or written yet. */
  public ResultStore(Path out, Configuration conf) {
    this.conf = conf;
    try {
      fs = out.getFileSystem(conf);
      this.out = fs.makeQualified(out);
      trials = new Path(this.out, "trials");
      storage = Storage.of(fs, this.out, conf);
    } catch (IOException | IllegalArgumentException e) {
      throw new ResultStoreException("use", out, e);
    }
    attempts = new AttemptLog(this, fs);
  }

  /** The same for a URI. */
  public ResultStore(URI out, Configuration conf) {
    this(new Path(out), conf);
  }

  /** The folder of the sweep, with scheme and authority. */
  public Path folder() {
    return out;
  }

  /** The folder of the row files. */
  public Path trialsFolder() {
    return trials;
  }

  /** The folder of the flat tables. */
  public Path tablesFolder() {
    return new Path(out, "tables");
  }

  /** The folder of the report. */
  public Path reportFolder() {
    return new Path(out, "report");
  }

  /** The folder of the trials' files. */
  public Path artifactsFolder() {
    return new Path(out, "artifacts");
  }

  /** Who tried what when. */
  public AttemptLog attempts() {
    return attempts;
  }

  /**
   * Makes the folders, proves that files can be made and removed in them, and removes what writers
   * that died have left in {@code _tmp}.
   */
  public void prepare() {
    Path probe = temporary("probe");
    try {
      if (!fs.mkdirs(temporaryFolder())) {
        throw new IOException("the file system refused to make " + temporaryFolder());
      }
      // An empty file finds room on a full disk, and what died writers have left may fill it.
      storage.write(probe, new byte[0]);
      removeStale(fs.getFileStatus(probe).getModificationTime());
      storage.write(probe, new byte[] {1});
      storage.delete(probe);
    } catch (IOException e) {
      discard(probe, e);
      throw new ResultStoreException("write to", out, NoSpaceException.of(e, fs, probe, 1));
    }
  }

  private void discard(Path file, IOException error) {
    try {
      storage.delete(file);
    } catch (IOException e) {
      error.addSuppressed(e);
    }
  }

  /** Removes temporary files that were young an hour before {@code now}, by the storage's clock. */
  private void removeStale(long now) throws IOException {
    for (FileStatus file : fs.listStatus(temporaryFolder())) {
      // Another sweep's writer may be at work here: it needs seconds, not an hour.
      if (now - file.getModificationTime() > STALE_MILLIS) {
        fs.delete(file.getPath(), true);
      }
    }
  }

  /**
   * Proves that the folder is there, with its job: where a mount is missing, files would be made
   * below its empty mount point, and be hidden when it comes back.
   */
  public void requireThere() {
    try {
      if (!fs.exists(jobFile())) {
        throw new FileNotFoundException("it is not there; is its storage mounted?");
      }
    } catch (IOException e) {
      throw new ResultStoreException("find", jobFile(), e);
    }
  }

  /** Proves that there is room for a row, as far as the storage tells how much it has. */
  public void requireRoom() {
    long left;
    try {
      FsStatus status = fs.getStatus(out);
      left = status.getCapacity() > 0 ? status.getRemaining() : Long.MAX_VALUE;
    } catch (IOException e) {
      throw new ResultStoreException("use", out, e);
    }
    if (left < ROW_BYTES) {
      throw new ResultStoreException(
          "store more in", out, new IOException("no space left, but for " + left + " bytes"));
    }
  }

  /** Whether {@code id} has a row. */
  public boolean isCommitted(TrialId id) {
    try {
      return fs.exists(rowFile(id));
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
      storage
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
        fs.delete(saveFile(id), false);
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
      return RowFile.read(rowFile(id), storage.read(rowFile(id)), name -> true);
    } catch (IOException e) {
      throw new ResultStoreException("read", rowFile(id), e);
    }
  }

  /** The frozen job, if there is one. */
  public Optional<String> readJob() {
    try (InputStream in = fs.open(jobFile())) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
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

  /** Writes a file below the sweep's folder, replacing one that is there. */
  public void write(Path file, byte[] content) {
    Path temporary = temporary(file.getName());
    try {
      put(temporary, file, content);
    } catch (IOException e) {
      throw new ResultStoreException("write", file, e);
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
    try (InputStream in = fs.open(file)) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new ResultStoreException("read", file, e);
    }
  }

  /** The state of an unfinished training. */
  @Override
  public Optional<byte[]> read(TrialId id) throws IOException {
    try (InputStream in = fs.open(saveFile(id))) {
      saved.add(id);
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Keeps the state of an unfinished training; {@link #commit} removes it. */
  @Override
  public void write(TrialId id, State state) throws IOException {
    Path temporary = temporary(id + ".save");
    put(temporary, saveFile(id), state.bytes());
    saved.add(id);
  }

  /** Writes a small file that nothing depends on: it may be lost when the machine goes down. */
  void note(Path file, byte[] content) {
    Path temporary = temporary(file.getName());
    try {
      storage.note(temporary, file, content);
    } catch (IOException e) {
      throw new ResultStoreException(
          "write", file, NoSpaceException.of(e, fs, temporary, content.length));
    }
  }

  /** Returns the id, for {@link InParallel}. */
  private TrialId supersede(TrialId id) {
    Path folder = new Path(trialsFolder(), "_superseded");
    try {
      fs.mkdirs(folder);
      int attempt = 1;
      while (!storage.renameIfAbsent(
          rowFile(id), new Path(folder, id + "-" + attempt + ".parquet"))) {
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
    byte[] tail = storage.tail(trials, id + ROW_END, length, RowLabel.TAIL);
    Optional<RowLabel> label = RowLabel.read(tail).filter(found -> found.id().equals(id));
    if (label.isPresent()) {
      return label;
    }
    try {
      return Optional.of(RowFile.label(rowFile(id), id, storage.read(rowFile(id))));
    } catch (UnreadableRowException e) {
      return Optional.empty();
    }
  }

  private Optional<String> damage(TrialId id) throws IOException {
    try {
      RowFile.check(rowFile(id), id, storage.read(rowFile(id)));
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
      byte[] content = storage.read(rowFile(id));
      RowFile.check(rowFile(id), id, content);
      return Optional.of(RowFile.read(rowFile(id), content, columns::contains));
    } catch (UnreadableRowException e) {
      return Optional.empty();
    }
  }

  private boolean create(Path temporary, Path file, byte[] content) throws IOException {
    try {
      return storage.create(temporary, file, content);
    } catch (IOException e) {
      throw NoSpaceException.of(e, fs, temporary, content.length);
    }
  }

  private void put(Path temporary, Path file, byte[] content) throws IOException {
    try {
      storage.put(temporary, file, content);
    } catch (IOException e) {
      throw NoSpaceException.of(e, fs, temporary, content.length);
    }
  }

  private synchronized @Nullable String jobName() {
    if (jobName == null) {
      jobName = job().map(FrozenJob::name).orElse(null);
    }
    return jobName;
  }

  private Path jobFile() {
    return new Path(out, "job.json");
  }

  private Path rowFile(TrialId id) {
    return new Path(trials, id + ROW_END);
  }

  private Path saveFile(TrialId id) {
    return new Path(new Path(out, "checkpoints"), id.text());
  }

  private Path temporaryFolder() {
    return new Path(trialsFolder(), "_tmp");
  }

  private Path temporary(String name) {
    String unique = UUID.randomUUID().toString();
    int dot = name.lastIndexOf('.');
    return new Path(
        temporaryFolder(),
        dot < 0
            ? name + "-" + unique
            : name.substring(0, dot) + "-" + unique + name.substring(dot));
  }
}
