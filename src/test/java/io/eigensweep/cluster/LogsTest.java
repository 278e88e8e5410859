package io.eigensweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.junit.jupiter.api.Test;

class LogsTest {
  @Test
  void silenceAlsoReachesLoggersThatAConfigurationNames() {
    LoggerContext context =
        (LoggerContext) LogManager.getContext(LogManager.class.getClassLoader(), false);
    var configuration = context.getConfiguration();
    var named =
        new org.apache.logging.log4j.core.config.LoggerConfig(
            "org.apache.spark.named", Level.WARN, true);
    configuration.addLogger(named.getName(), named);
    context.updateLoggers();
    try {
      assertThat(context.getLogger("org.apache.spark.named.Executor").isErrorEnabled()).isTrue();
      Logs.silence();
      assertThat(context.getLogger("org.apache.spark.named.Executor").isErrorEnabled()).isFalse();
    } finally {
      configuration.removeLogger(named.getName());
      context.reconfigure();
    }
  }
}
