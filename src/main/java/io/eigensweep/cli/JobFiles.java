package io.eigensweep.cli;

import io.eigensweep.cluster.Cluster;
import io.eigensweep.files.HadoopPaths;
import io.eigensweep.job.Job;
import io.eigensweep.job.JobFile;
import io.eigensweep.job.Scale;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Texts that a user names: paths of this machine, or URIs. Hadoop's configuration is made for a URI
 * alone, so that a wrong job on this machine is told at once.
 */
final class JobFiles {
  private JobFiles() {}

  /**
   * Spark's configuration, once it is asked for. No lambda, which would load Hadoop's class, nor a
   * method reference, which would load Scala's: both for every wrong job on this machine.
   */
  private static final class SubmittedConfiguration implements Supplier<Configuration> {
    @Override
    public Configuration get() {
      return Cluster.configuration();
    }
  }

  /** Spark's configuration, made when it is asked for. */
  static Supplier<Configuration> configuration() {
    return new SubmittedConfiguration();
  }

  /** The job in {@code file} at the scale in a file, null for none, with {@code overrides}. */
  static Job submitted(String file, @Nullable String scale, List<String> overrides) {
    Supplier<Configuration> conf = configuration();
    return job(file, scale == null ? null : scale(scale, conf), overrides, conf);
  }

  /** The job in {@code file} at {@code scale} with {@code overrides}. */
  static Job job(
      String file, @Nullable Scale scale, List<String> overrides, Supplier<Configuration> conf) {
    return JobFile.read(text(file, "job file", conf), file, scale, overrides);
  }

  /** The scale in {@code file}. */
  static Scale scale(String file, Supplier<Configuration> conf) {
    return Scale.read(text(file, "scale", conf), file);
  }

  /** The file {@code name} in the folder above that of {@code file}. */
  static String beside(String file, String name) {
    int folder = file.lastIndexOf('/');
    return file.substring(0, folder + 1) + "../" + name;
  }

  /**
   * Whether there is a file {@code file}, looked for where {@code other} is: on this machine, or
   * where Hadoop finds it.
   *
   * @throws UsageException when that can't be told
   */
  static boolean isThere(String file, String other, Supplier<Configuration> conf) {
    if (local(other) != null) {
      return local(file) != null;
    }
    try {
      Path path = HadoopPaths.of(file);
      return HadoopPaths.system(path, conf.get()).exists(path);
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageException("can't look for " + file + ": " + e.getMessage());
    }
  }

  /**
   * The text of {@code file}.
   *
   * @param what it is, for messages
   * @throws UsageException when it can't be read
   */
  static String text(String file, String what, Supplier<Configuration> conf) {
    try {
      java.nio.file.Path local = local(file);
      if (local != null) {
        return Files.readString(local);
      }
      Path path = HadoopPaths.of(file);
      return new String(HadoopPaths.read(path, conf.get()), StandardCharsets.UTF_8);
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
