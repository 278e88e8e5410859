package io.eigensweep.linalg;

import io.eigensweep.settings.Names;
import java.util.ArrayList;
import java.util.List;

/**
 * OpenBLAS's kernels, by its own names of them. Each is a set of machine instructions with block
 * sizes of its own, so that another one adds in another order and rounds otherwise.
 */
public enum Kernels {
  /** Those that OpenBLAS chooses for the processor. */
  OWN(""),
  /** SSE3, which every x86-64 processor of this century has. */
  PRESCOTT("amd64", "pni"),
  NEHALEM("amd64", "ssse3", "sse4_1", "sse4_2"),
  SANDYBRIDGE("amd64", "avx"),
  /** AVX2 and fused multiply-add: Intel since 2013, AMD since 2015. */
  HASWELL("amd64", "avx2", "fma"),
  ZEN("amd64", "avx2", "fma"),
  /** AVX-512. */
  SKYLAKEX("amd64", "avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"),
  COOPERLAKE("amd64", "avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl", "avx512_bf16"),
  SAPPHIRERAPIDS(
      "amd64",
      "avx512f",
      "avx512cd",
      "avx512bw",
      "avx512dq",
      "avx512vl",
      "avx512_bf16",
      "avx512_fp16",
      "amx_tile",
      "amx_bf16"),
  /** The only ones of the library for ARM. */
  ARMV8("aarch64");

  private final String architecture;

  @SuppressWarnings("ImmutableEnumChecker") // List.of can't be changed
  private final List<String> flags;

  Kernels(String architecture, String... flags) {
    this.architecture = architecture;
    this.flags = List.of(flags);
  }

  /**
   * Says that {@code processor} can run these; one that can't would end the JVM with SIGILL.
   *
   * @throws UnfitMachineException naming what the processor lacks
   */
  void requireRunnable(Processor processor) {
    if (this == OWN) {
      return;
    }
    if (!architecture.equals(processor.architecture())) {
      throw new UnfitMachineException(
          asked()
              + ", which is for "
              + architecture
              + "; this machine is "
              + processor.architecture());
    }
    List<String> missing = new ArrayList<>(flags);
    missing.removeIf(processor::has);
    if (!missing.isEmpty()) {
      throw new UnfitMachineException(
          asked()
              + ", but the processor has no "
              + String.join(", ", missing)
              + ": "
              + processor.description());
    }
  }

  /**
   * Whether {@code processor} can run the kernels that OpenBLAS calls {@code name}; true of names
   * that are not among these.
   */
  static boolean mayRun(String name, Processor processor) {
    for (Kernels kernels : values()) {
      if (kernels != OWN && kernels.name().equalsIgnoreCase(name)) {
        return kernels.architecture.equals(processor.architecture())
            && processor.flags().containsAll(kernels.flags);
      }
    }
    return true;
  }

  /** {@code linalg.kernels is haswell}. */
  String asked() {
    return "linalg.kernels is " + Names.of(this);
  }
}
