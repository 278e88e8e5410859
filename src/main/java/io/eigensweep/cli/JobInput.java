package io.eigensweep.cli;

import io.eigensweep.files.HadoopPaths;
import io.eigensweep.job.Job;
import io.eigensweep.job.JobFile;
import io.eigensweep.job.Scale;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What a command says of its job: the file, a path of this machine or a URI that Hadoop knows, and
 * what is set in it.
 */
final class JobInput {
  @Parameters(paramLabel = "JOB", description = "the job file: a path of this machine or a URI")
  private String file = "";

  @Option(
      names = "--scale",
      paramLabel = "FILE",
      description =
          "how large the job is run: a file such as those in jobs/scales, which says for each job"
              + " what is set in it")
  private @Nullable String scale;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "replaces a value of the job, after --scale; may be repeated")
  private List<String> overrides = new ArrayList<>();

  /**
   * The job.
   *
   * @throws UsageException when a file can't be read
   */
  Job read(Configuration conf) {
    return job(file, scale == null ? null : scale(scale, conf), overrides, conf);
  }

  /** The job in {@code file} at {@code scale} with {@code overrides}. */
  static Job job(String file, @Nullable Scale scale, List<String> overrides, Configuration conf) {
    return JobFile.read(text(file, "job file", conf), file, scale, overrides);
  }

  /** The scale in {@code file}. */
  static Scale scale(String file, Configuration conf) {
    return Scale.read(text(file, "scale", conf), file);
  }

  /** The file {@code name} in the folder above that of {@code file}. */
  static String beside(String file, String name) {
    int folder = file.lastIndexOf('/');
    return file.substring(0, folder + 1) + "../" + name;
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
      try (InputStream in = HadoopPaths.system(path, conf).open(path)) {
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
