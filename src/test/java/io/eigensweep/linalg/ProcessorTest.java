package io.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The texts are in the manner of each architecture's {@code arch/…/kernel} in Linux. */
class ProcessorTest {
  private static final Path TEXTS =
      Path.of(System.getProperty("basedir", ".")).resolve("src/test/resources/machine");

  private static Processor of(String text) {
    return Processor.of(text.getBytes(StandardCharsets.UTF_8), "amd64");
  }

  @Test
  void everyArchitectureIsDescribedByWhatItHas() throws IOException {
    Map<String, String> descriptions = new TreeMap<>();
    try (var files = Files.list(TEXTS)) {
      for (Path file : files.toList()) {
        descriptions.put(
            String.valueOf(file.getFileName()).replace(".cpuinfo", ""),
            Processor.of(Files.readAllBytes(file), "arch").description());
      }
    }
    assertThat(descriptions)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry(
                    "amd-zen5",
                    "AMD EPYC 9655 96-Core Processor (family 26 model 17 stepping 1, avx avx2 fma"
                        + " avx512f)"),
                Map.entry(
                    "intel-twice",
                    "Intel(R) Xeon(R) Gold 6248 CPU (family 6 model 85 stepping 7, avx avx2 fma"
                        + " avx512f)"),
                Map.entry(
                    "intel-masked",
                    "Intel Xeon Processor (Skylake, IBRS) (family 6 model 85 stepping 4)"),
                Map.entry(
                    "arm-neoverse-v1",
                    "arch (Neoverse-V1 implementer 0x41 part 0xd40 variant 0x1 revision 1, asimd"
                        + " sve)"),
                Map.entry(
                    "arm-two-kinds",
                    "arch (Cortex-A53 implementer 0x41 part 0xd03 variant 0x0 revision 4,"
                        + " Cortex-A73 implementer 0x41 part 0xd09 variant 0x0 revision 2, asimd)"),
                Map.entry(
                    "arm-unknown",
                    "arch (implementer 0x7e part 0x001 variant 0x0 revision 0, asimd)"),
                Map.entry(
                    "arm-32-bit",
                    "ARMv7 Processor rev 3 (v7l) (Cortex-A72 implementer 0x41 part 0xd08 variant"
                        + " 0x0 revision 3)"),
                Map.entry(
                    "power10",
                    "POWER10 (architected), altivec supported (revision 2.0 (pvr 0080 0200))"),
                Map.entry("riscv-c910", "thead,c910 (isa rv64imafdcv vendor 0x5b7 arch 0x0)"),
                Map.entry("s390x-z16", "machine 3931 (vx vxe)"),
                Map.entry("loongarch-3a6000", "Loongson-3A6000 (family Loongson-64bit, lsx lasx)"),
                Map.entry(
                    "mips-3a4000", "ICT Loongson-3 V0.4 FPU V0.1 (isa mips1 mips2 mips3 mips64r2)"),
                Map.entry(
                    "sandboxed-container",
                    "unknown (family unknown model unknown stepping unknown)"),
                Map.entry("empty", "arch"),
                Map.entry("blank-values", "arch"),
                Map.entry("not-utf8", "arch"),
                Map.entry("zeros", "arch")));
  }

  @Test
  void flagsAreKnownHoweverTheyStand() {
    Processor processor = of("flags\t:  fpu   sse2\tavx2  avx2 \r\nbugs : none\r\n");
    assertThat(processor.flags()).containsExactlyInAnyOrder("fpu", "sse2", "avx2");
    assertThat(processor.has("avx2")).isTrue();
    assertThat(processor.has("avx")).isFalse();
    assertThat(of("Features : fp asimd").flags()).containsExactlyInAnyOrder("fp", "asimd");
  }

  @Test
  void coresOfTheSameKindAreNamedOnceAndOtherNumbersAreAnotherDescription() {
    String core = "processor : 0\nCPU implementer : 0x41\nCPU part : 0xd0c\nCPU variant : 0x3\n";
    assertThat(of(core + core).description())
        .isEqualTo("amd64 (Neoverse-N1 implementer 0x41 part 0xd0c variant 0x3)");
    assertThat(of(core).description())
        .isNotEqualTo(of(core.replace("0xd0c", "0xd40")).description());
    assertThat(of(core.replace("0x41", "forty")).description())
        .isEqualTo("amd64 (implementer forty part 0xd0c variant 0x3)");
  }

  @Test
  void aFileThatIsNotThereOrIsNoFileLeavesTheArchitecture(@TempDir Path folder) {
    String architecture = System.getProperty("os.arch");
    for (Path path : List.of(folder.resolve("absent"), folder)) {
      Processor processor = Processor.read(path);
      assertThat(processor.description()).isEqualTo(architecture);
      assertThat(processor.flags()).isEmpty();
    }
  }

  @Test
  void aTextWithoutEndIsReadInPart() {
    assertThat(Processor.read(Path.of("/dev/zero")).description())
        .isEqualTo(System.getProperty("os.arch"));
    String longLine = "model name : " + "x".repeat(100_000);
    assertThat(of(longLine).description()).hasSize(120);
    assertThat(of("processor : 0\nmodel name : Some CPU\n\n".repeat(10_000)).description())
        .isEqualTo("Some CPU");
  }

  @Test
  void thisMachineHasADescription() {
    assertThat(Processor.here().description()).isNotBlank();
    assertThat(Processor.here().architecture()).isEqualTo(System.getProperty("os.arch"));
  }
}
