package io.eigensweep.cli;

import io.eigensweep.files.HadoopPaths;
import io.eigensweep.job.Job;
import io.eigensweep.job.JobFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** Reads the job file that a command names: a path of this machine, or a URI that Hadoop knows. */
final class JobInput {
  private JobInput() {}

  /**
   * The job in {@code file} with {@code overrides}.
   *
   * @throws UsageException when the file can't be read
   */
  static Job read(String file, @Nullable List<String> overrides, Configuration conf) {
    return JobFile.read(
        text(file, "job file", conf), file, overrides == null ? List.of() : overrides);
  }

  /**
   * The text of {@code file}.
   *
   * @param what it is, for messages
   * @throws UsageException when it can't be read
   */
  static String text(String file, String what, Configuration conf) {
    try {
      java.nio.file.Path local = local(file);
      if (local != null) {
        return Files.readString(local);
      }
      Path path = HadoopPaths.of(file);
      try (InputStream in = path.getFileSystem(conf).open(path)) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (FileNotFoundException e) {
      throw new UsageException("there is no " + what + " " + file);
    } catch (java.nio.charset.CharacterCodingException e) {
      throw new UsageException("the " + what + " " + file + " is not UTF-8 text");
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageException("can't read the " + what + " " + file + ": " + e.getMessage());
    }
  }

  private static java.nio.file.@Nullable Path local(String file) {
    try {
      java.nio.file.Path path = java.nio.file.Path.of(file);
      return Files.isRegularFile(path) ? path : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }
}
