package io.eigensweep.tables;

import io.eigensweep.files.HadoopPaths;
import io.eigensweep.result.Tables;
import io.eigensweep.store.ResultStore;
import io.eigensweep.store.ResultStoreException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The generations of a sweep's tables.
 *
 * <pre>
 * tables/current                     the name of the published generation, replaced as a whole
 * tables/generation-&lt;unique&gt;/        its tables, and {@link Manifest}
 * tables/generation-…/_owner         the {@link Lease} of who writes it
 * tables/generation-…/_superseded    was seen not to be the current one, and without an owner
 * </pre>
 *
 * Each aggregation writes a folder of its own and then puts its name into {@code current}. Writers
 * that die, and writers at the same time, harm no one; readers of an older generation keep it for
 * {@link #KEPT_MILLIS} at least.
 */
final class Generations {
  /** How long a generation stays after it was seen to be superseded. */
  static final long KEPT_MILLIS = 2 * 3_600_000;

  private static final String CURRENT = "current";
  private static final String PREFIX = "generation-";
  private static final String OWNER = "_owner";
  private static final String SUPERSEDED = "_superseded";

  /** What versions before generations have left: a folder for each table, and swaps of them. */
  private static final Pattern EARLIER =
      Pattern.compile("_?(" + String.join("|", Tables.BY_NAME.keySet()) + ")(-(new|old)-.*)?");

  private final ResultStore store;
  private final Path tables;
  private final FileSystem fs;

  Generations(ResultStore store, Configuration conf) {
    this.store = store;
    this.tables = store.tablesFolder();
    try {
      this.fs = HadoopPaths.system(tables, conf);
    } catch (IOException e) {
      throw new ResultStoreException("use", tables, e);
    }
  }

  /** A generation that is being written, by this process alone. */
  final class Draft implements AutoCloseable {
    private final Path folder;
    private final Lease lease;
    private boolean published;

    private Draft(Path folder) {
      this.folder = folder;
      this.lease = new Lease(store, new Path(folder, OWNER));
    }

    Path folder() {
      return folder;
    }

    /** The files of each table that are there by now, with their lengths. */
    Map<String, Map<String, Long>> files() {
      try {
        return Generation.allFiles(folder, fs);
      } catch (IOException e) {
        throw new ResultStoreException("list", folder, e);
      }
    }

    /**
     * Makes this the current generation, unless another one has become it since {@code seen} was.
     * Should two pass at the same moment, the last stays; both are whole, see {@link #isCurrent}.
     *
     * @return what was published, if it was
     */
    Optional<Generation> publish(Manifest manifest, Optional<String> seen) {
      store.write(new Path(folder, Manifest.NAME), manifest.json());
      if (!seen.equals(current())) {
        return Optional.empty();
      }
      store.write(
          new Path(tables, CURRENT), (folder.getName() + "\n").getBytes(StandardCharsets.UTF_8));
      published = true;
      return Optional.of(new Generation(folder, manifest));
    }

    /** Removes what was not published. */
    @Override
    public void close() {
      lease.close();
      if (!published) {
        discard(folder);
      }
    }
  }

  /** Begins a new generation. */
  Draft begin() {
    String time =
        DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT)
            .format(ZonedDateTime.now(ZoneOffset.UTC));
    String unique = UUID.randomUUID().toString().substring(0, 8);
    return new Draft(new Path(tables, PREFIX + time + "-" + unique));
  }

  /** The current generation, if there is one that this version can use. */
  Optional<Generation> published() {
    Optional<String> name = current();
    while (name.isPresent()) {
      Optional<Generation> generation = generation(new Path(tables, name.get()));
      Optional<String> now = current();
      if (generation.isPresent() || name.equals(now)) {
        return generation;
      }
      name = now; // it was superseded so long ago that it went while it was looked at
    }
    return Optional.empty();
  }

  /** Whether no other generation has taken the place of {@code generation}. */
  boolean isCurrent(Generation generation) {
    return current().equals(Optional.of(generation.folder().getName()));
  }

  /**
   * Removes generations that were superseded {@link #KEPT_MILLIS} ago, and those of writers that
   * have died; notes which ones are superseded now.
   */
  void clean() {
    Path clock = new Path(tables, "_clock-" + UUID.randomUUID());
    try {
      store.write(clock, new byte[0]);
      long now = fs.getFileStatus(clock).getModificationTime();
      fs.delete(clock, false);
      Optional<String> current = current();
      for (FileStatus entry : fs.listStatus(tables)) {
        String name = entry.getPath().getName();
        boolean ours = name.startsWith(PREFIX) || EARLIER.matcher(name).matches();
        if (entry.isDirectory() && ours && !current.equals(Optional.of(name))) {
          clean(entry.getPath(), now);
        }
      }
    } catch (IOException e) {
      throw new ResultStoreException("clean", tables, e);
    }
  }

  private void clean(Path folder, long now) throws IOException {
    Path mark = new Path(folder, SUPERSEDED);
    if (age(new Path(folder, OWNER), now) < Lease.LIFE_MILLIS) {
      return; // it is being written, or was published within the hour
    }
    long superseded = age(mark, now);
    if (superseded == Long.MAX_VALUE) {
      store.write(mark, new byte[0]);
    } else if (superseded > KEPT_MILLIS) {
      discard(folder);
    }
  }

  /** Milliseconds since {@code file} was written; a file that is not there is older than any. */
  private long age(Path file, long now) throws IOException {
    try {
      return now - fs.getFileStatus(file).getModificationTime();
    } catch (FileNotFoundException e) {
      return Long.MAX_VALUE;
    }
  }

  /** The name of the published generation. */
  Optional<String> current() {
    Path file = new Path(tables, CURRENT);
    try {
      return read(file, fs)
          .map(content -> new String(content, StandardCharsets.UTF_8).strip())
          .filter(name -> name.startsWith(PREFIX) && !name.contains("/"));
    } catch (IOException e) {
      throw new ResultStoreException("read", file, e);
    }
  }

  private Optional<Generation> generation(Path folder) {
    try {
      return Generation.read(folder, fs);
    } catch (IOException e) {
      throw new ResultStoreException("read", folder, e);
    }
  }

  private void discard(Path folder) {
    try {
      fs.delete(folder, true);
    } catch (IOException e) {
      throw new ResultStoreException("remove", folder, e);
    }
  }

  /** The content of {@code file}, if it is there. */
  static Optional<byte[]> read(Path file, FileSystem fs) throws IOException {
    try (InputStream in = fs.open(file)) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }
}
