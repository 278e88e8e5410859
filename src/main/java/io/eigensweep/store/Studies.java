package io.eigensweep.store;

import io.eigensweep.files.HadoopPaths;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A folder of sweeps, each in a folder that has the study's name; or a sweep's folder, which is the
 * only study then, by the name of its job.
 *
 * <p>Errors are {@link ResultStoreException}s.
 */
public final class Studies {
  private final Path folder;
  private final FileSystem fs;
  private final Storage storage;
  private final Map<String, ResultStore> sweeps = new TreeMap<>();

  /** Finds the sweeps in {@code out}. */
  public Studies(Path out, Configuration conf) {
    try {
      fs = HadoopPaths.system(out, conf);
      folder = fs.makeQualified(out);
      storage = Storage.of(fs, folder, conf);
      ResultStore alone = new ResultStore(folder, conf);
      Optional<FrozenJob> job = alone.job();
      if (job.isPresent()) {
        sweeps.put(job.get().name(), alone);
        return;
      }
      FileStatus[] entries = fs.listStatus(folder);
      Arrays.sort(entries);
      for (FileStatus entry : entries) {
        if (entry.isDirectory()) {
          ResultStore store = new ResultStore(entry.getPath(), conf);
          if (store.readJob().isPresent()) {
            sweeps.put(entry.getPath().getName(), store);
          }
        }
      }
    } catch (FileNotFoundException e) {
      throw new ResultStoreException("find", out, e);
    } catch (IOException | IllegalArgumentException e) {
      throw new ResultStoreException("use", out, e);
    }
  }

  /** The folder, with scheme and authority. */
  public Path folder() {
    return folder;
  }

  /** The sweeps by their study's name. */
  public Map<String, ResultStore> sweeps() {
    return Collections.unmodifiableMap(sweeps);
  }

  /** The folder of the files about their claims. */
  public Path claimsFolder() {
    return new Path(folder, "claims");
  }

  /** Writes a file into {@link #claimsFolder}, replacing one of that name as a whole. */
  public void writeClaims(String name, byte[] content) {
    Path file = new Path(claimsFolder(), name);
    try {
      fs.mkdirs(claimsFolder());
      storage.put(new Path(claimsFolder(), "_" + name + "-" + UUID.randomUUID()), file, content);
    } catch (IOException e) {
      throw new ResultStoreException("write", file, e);
    }
  }
}
