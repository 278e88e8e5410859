package io.eigensweep.cli;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Spark's properties where the program is started without {@code SparkSubmit}: the files that the
 * submit script names, read as Spark reads them. What was said on the command line is a system
 * property already and wins, as does the file that is named first.
 */
final class SubmittedProperties {
  /** Paths of the files, separated as in a class path. */
  private static final String FILES = "eigensweep.properties";

  private SubmittedProperties() {}

  /** Sets what the files say as system properties, where Spark looks for them. */
  static void load() {
    String files = System.getProperty(FILES, "");
    for (String file : files.split(File.pathSeparator, -1)) {
      if (!file.isEmpty()) {
        load(Path.of(file), System.getProperties());
      }
    }
  }

  /** Adds those of {@code file} that {@code known} has no value of; only Spark's are its own. */
  static void load(Path file, Properties known) {
    Properties read = new Properties();
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      read.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageException("can't read Spark's properties in " + file + ": " + e.getMessage());
    }
    for (String key : read.stringPropertyNames()) {
      if (key.startsWith("spark.")) {
        known.putIfAbsent(key, read.getProperty(key).strip());
      }
    }
  }
}
