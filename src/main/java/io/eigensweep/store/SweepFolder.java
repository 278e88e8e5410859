package io.eigensweep.store;

import io.eigensweep.files.HadoopPaths;
import io.eigensweep.files.NoSpaceException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FsStatus;
import org.apache.hadoop.fs.Path;

/**
 * The folder of a sweep: its layout, and how files get into it.
 *
 * <pre>
 * job.json                       the frozen job
 * claims.yaml                    claims of a user's own about it, if any
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
public class SweepFolder {
  /** The name of a file of claims, beside a job and in the folder of its sweep. */
  public static final String CLAIMS = "claims.yaml";

  private static final long STALE_MILLIS = 3_600_000;

  /** What a large row takes. */
  private static final long ROW_BYTES = 256 << 10;

  private final Path out;
  private final Path trials;
  private final FileSystem fs;
  private final Storage storage;

  /** The folder {@code out}; nothing is read or written yet. */
  SweepFolder(Path out, Configuration conf) {
    try {
      fs = HadoopPaths.system(out, conf);
      this.out = fs.makeQualified(out);
      trials = new Path(this.out, "trials");
      storage = Storage.of(fs, this.out, conf);
    } catch (IOException | IllegalArgumentException e) {
      throw new ResultStoreException("use", out, e);
    }
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

  /** The file of the claims that the sweep has taken along. */
  public Path claimsFile() {
    return new Path(out, CLAIMS);
  }

  /** What is in {@link #claimsFile}, if it is there. */
  public Optional<byte[]> claims() {
    try {
      return readIfThere(claimsFile());
    } catch (IOException e) {
      throw new ResultStoreException("read", claimsFile(), e);
    }
  }

  /** The folder of the trials' files. */
  public Path artifactsFolder() {
    return new Path(out, "artifacts");
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

  /** Writes a file below the sweep's folder, replacing one that is there. */
  public void write(Path file, byte[] content) {
    Path temporary = temporary(file.getName());
    try {
      put(temporary, file, content);
    } catch (IOException e) {
      throw new ResultStoreException("write", file, e);
    }
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

  /** The content of {@code file}, empty when it is not there. */
  Optional<byte[]> readIfThere(Path file) throws IOException {
    try (InputStream in = fs.open(file)) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Makes {@code file} appear, false when it is there already; full disks are told as such. */
  boolean create(Path temporary, Path file, byte[] content) throws IOException {
    try {
      return storage.create(temporary, file, content);
    } catch (IOException e) {
      throw NoSpaceException.of(e, fs, temporary, content.length);
    }
  }

  /** Makes {@code file} appear, replacing one of that name; full disks are told as such. */
  void put(Path temporary, Path file, byte[] content) throws IOException {
    try {
      storage.put(temporary, file, content);
    } catch (IOException e) {
      throw NoSpaceException.of(e, fs, temporary, content.length);
    }
  }

  Path jobFile() {
    return new Path(out, "job.json");
  }

  FileSystem fs() {
    return fs;
  }

  Storage storage() {
    return storage;
  }

  private Path temporaryFolder() {
    return new Path(trialsFolder(), "_tmp");
  }

  /** A name of its own for what will be {@code name}. */
  Path temporary(String name) {
    String unique = UUID.randomUUID().toString();
    int dot = name.lastIndexOf('.');
    return new Path(
        temporaryFolder(),
        dot < 0
            ? name + "-" + unique
            : name.substring(0, dot) + "-" + unique + name.substring(dot));
  }
}
