package io.eigensweep.cluster;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.jspecify.annotations.Nullable;

/**
 * Quiet logs. Without a logging configuration of the user's own, Spark pours hundreds of lines of
 * its life onto stderr; then only warnings are let through. {@code conf/log4j2.properties} says the
 * same where the wrapper is used, for the user to change.
 */
public final class Logs {
  /** What Spark falls back to, see {@code org.apache.spark.internal.Logging}. */
  private static final String SPARK_DEFAULTS = "org/apache/spark/log4j2-defaults.properties";

  private static final String CONFIGURATION = "log4j2.configurationFile";

  private static final String PATTERN = "%d{HH:mm:ss} %p %c{1}: %m%n%throwable{short}";

  private Logs() {}

  /** Lets only warnings through, unless the user has configured logging. */
  public static void quieten() {
    if (System.getProperty(CONFIGURATION) != null) {
      return; // named by the user or the submit script; to look at what it says takes Log4j's start
    }
    // Spark sets its defaults when it first logs, and would do so again over ours: let it be done.
    SparkHadoopUtil.get().initializeLogIfNecessary(false, true);
    LoggerContext context = context();
    if (context != null) {
      String location = context.getConfiguration().getConfigurationSource().getLocation();
      if (location == null || location.contains(SPARK_DEFAULTS)) {
        context.reconfigure(warnings());
      }
    }
  }

  /** Lets nothing through in this process, whatever level a configuration gives a logger. */
  static void silence() {
    LoggerContext context = context();
    if (context != null) {
      context.getConfiguration().getLoggers().values().forEach(log -> log.setLevel(Level.OFF));
      context.updateLoggers();
    }
  }

  /** That of Spark's class loader: spark-submit loads this class with another one. */
  private static @Nullable LoggerContext context() {
    ClassLoader spark = LogManager.class.getClassLoader();
    return LogManager.getContext(spark, false) instanceof LoggerContext context ? context : null;
  }

  /** Lets Spark say nothing of tasks that end now, when all are told to. */
  public static void silenceLostTasks() {
    ClassLoader spark = LogManager.class.getClassLoader();
    if (LogManager.getContext(spark, false) instanceof LoggerContext context) {
      context.getLogger("org.apache.spark.scheduler.TaskSetManager").setLevel(Level.ERROR);
    }
  }

  private static BuiltConfiguration warnings() {
    ConfigurationBuilder<BuiltConfiguration> builder =
        ConfigurationBuilderFactory.newConfigurationBuilder();
    builder.setConfigurationName("eigensweep");
    builder.add(
        builder
            .newAppender("stderr", "Console")
            .addAttribute("target", ConsoleAppender.Target.SYSTEM_ERR)
            .add(builder.newLayout("PatternLayout").addAttribute("pattern", PATTERN)));
    builder.add(builder.newRootLogger(Level.WARN).add(builder.newAppenderRef("stderr")));
    // It warns at every start that Hadoop's optional C library is not there.
    builder.add(builder.newLogger("org.apache.hadoop.util.NativeCodeLoader", Level.ERROR));
    return builder.build(false);
  }
}
