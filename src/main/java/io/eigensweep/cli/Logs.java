package io.eigensweep.cli;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;

/**
 * Quiet logs. Without a logging configuration of the user's own, Spark pours hundreds of lines of
 * its life onto stderr; then only warnings are let through. {@code conf/log4j2.properties} says the
 * same where the wrapper is used, for the user to change.
 */
final class Logs {
  /** What Spark falls back to, see {@code org.apache.spark.internal.Logging}. */
  private static final String SPARK_DEFAULTS = "org/apache/spark/log4j2-defaults.properties";

  private static final String PATTERN = "%d{HH:mm:ss} %p %c{1}: %m%n%throwable{short}";

  private Logs() {}

  /** Lets only warnings through, unless the user has configured logging. */
  static void quieten() {
    if (LogManager.getContext(false) instanceof LoggerContext context) {
      String location = context.getConfiguration().getConfigurationSource().getLocation();
      if (location == null || location.contains(SPARK_DEFAULTS)) {
        Configurator.reconfigure(warnings());
      }
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
