package io.eigensweep.cli;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * Quiet logs. Without a logging configuration of the user's own, Spark pours hundreds of lines of
 * its life onto stderr; then only warnings are let through.
 */
final class Logs {
  /** What Spark falls back to, see {@code org.apache.spark.internal.Logging}. */
  private static final String SPARK_DEFAULTS = "org/apache/spark/log4j2-defaults.properties";

  private Logs() {}

  /** Lets only warnings through, unless the user has configured logging. */
  static void quieten() {
    if (LogManager.getContext(false) instanceof LoggerContext context) {
      String location = context.getConfiguration().getConfigurationSource().getLocation();
      if (location == null || location.contains(SPARK_DEFAULTS)) {
        Configurator.setRootLevel(Level.WARN);
        // It warns at every start that Hadoop's optional C library is not there.
        Configurator.setLevel("org.apache.hadoop.util.NativeCodeLoader", Level.ERROR);
      }
    }
  }
}
