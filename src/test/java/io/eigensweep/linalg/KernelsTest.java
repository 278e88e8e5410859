package io.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class KernelsTest {
  private static Processor processor(String architecture, String... flags) {
    return new Processor(architecture, "some processor", Set.of(flags));
  }

  @Test
  void kernelsThatTheProcessorCannotRunAreRefusedByName() {
    Processor avx2 = processor("amd64", "pni", "avx", "avx2", "fma");
    assertThatCode(() -> Kernels.HASWELL.requireRunnable(avx2)).doesNotThrowAnyException();
    assertThatCode(() -> Kernels.ZEN.requireRunnable(avx2)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Kernels.SKYLAKEX.requireRunnable(avx2))
        .isInstanceOf(UnfitMachineException.class)
        .hasMessage(
            "linalg.kernels is skylakex, but the processor has no avx512f, avx512cd, avx512bw,"
                + " avx512dq, avx512vl: some processor");
    assertThatThrownBy(() -> Kernels.HASWELL.requireRunnable(processor("amd64", "avx", "avx2")))
        .hasMessageContaining("has no fma:");
  }

  @Test
  void kernelsOfAnotherArchitectureAreRefused() {
    Processor arm = processor("aarch64", "asimd");
    assertThatCode(() -> Kernels.ARMV8.requireRunnable(arm)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Kernels.HASWELL.requireRunnable(arm))
        .hasMessage("linalg.kernels is haswell, which is for amd64; this machine is aarch64");
    assertThatThrownBy(() -> Kernels.ARMV8.requireRunnable(processor("amd64", "avx2")))
        .hasMessageContaining("which is for aarch64; this machine is amd64");
  }

  @Test
  void theProcessorsOwnRunEverywhere() {
    for (String architecture : new String[] {"amd64", "aarch64", "ppc64le", "riscv64"}) {
      assertThatCode(() -> Kernels.OWN.requireRunnable(processor(architecture)))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void aWishOfTheEnvironmentIsJudgedByTheSameRule() {
    Processor avx2 = processor("amd64", "pni", "avx", "avx2", "fma");
    assertThat(Kernels.mayRun("Haswell", avx2)).isTrue();
    assertThat(Kernels.mayRun("SKYLAKEX", avx2)).isFalse();
    assertThat(Kernels.mayRun("Nonsense", avx2)).isTrue();
  }
}
