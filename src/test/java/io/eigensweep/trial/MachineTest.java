package io.eigensweep.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
  @TempDir private Path folder;

  private Path named(String name) throws IOException {
    return Files.writeString(folder.resolve("hostname"), name, StandardCharsets.UTF_8);
  }

  @Test
  void theNameIsTheSystemsOwnWhateverANetworkWouldSayOfIt() throws IOException {
    assertThat(Machine.hostName(named("gpu_node_07\n"), Map.of("HOSTNAME", "login")))
        .isEqualTo("gpu_node_07");
    assertThat(Machine.hostName(named("a-b.c\n"), Map.of())).isEqualTo("a-b.c");
  }

  @Test
  void aVariableNamesTheMachineWhereTheSystemDoesNot() throws IOException {
    Path absent = folder.resolve("absent");
    assertThat(Machine.hostName(absent, Map.of("HOSTNAME", "pod-1"))).isEqualTo("pod-1");
    assertThat(Machine.hostName(absent, Map.of("COMPUTERNAME", "PC"))).isEqualTo("PC");
    assertThat(Machine.hostName(named("(none)\n"), Map.of("HOSTNAME", "x"))).isEqualTo("x");
  }

  @Test
  void aMachineWithoutANameIsUnknown() throws IOException {
    assertThat(Machine.hostName(folder, Map.of())).isEqualTo("unknown");
    assertThat(Machine.hostName(named(" \n\0"), Map.of("HOSTNAME", " "))).isEqualTo("unknown");
  }

  @Test
  void thisMachineIsDescribedWithoutAnException() {
    Machine machine = Machine.current();
    assertThat(machine.host()).isNotBlank();
    assertThat(machine.cpu()).isNotBlank();
    assertThat(machine.javaVersion()).isNotBlank();
  }
}
