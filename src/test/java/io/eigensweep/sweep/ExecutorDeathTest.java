package io.eigensweep.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.trial.Status;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecutorDeathTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Command exited with code 137 | spark://host:7077 | OUT_OF_MEMORY",
        "Command exited with code 143 | spark://host:7077 | FAILED",
        "Container from a bad node: container_1 on host: h. Exit status: 143. | yarn | OUT_OF_MEMORY",
        "Container killed by YARN for exceeding physical memory limits. | yarn | OUT_OF_MEMORY",
        "The executor with id 4 exited with exit code 137(SIGKILL, possible container OOM). | k8s://h"
            + " | OUT_OF_MEMORY",
        "Command exited with code 52 | spark://host:7077 | OUT_OF_MEMORY",
        "Command exited with code 134 | spark://host:7077 | FAILED",
        "Executor heartbeat of classroom-3 timed out after 620000 ms | spark://host:7077 | FAILED",
      })
  void tellsMemoryFromOtherReasons(String reason, String master, Status expected) {
    ExecutorDeath death = new ExecutorDeath(reason);

    assertThat(death.status(master)).isEqualTo(expected);
    assertThat(death.message(2)).contains("died 2 times", reason);
  }
}
