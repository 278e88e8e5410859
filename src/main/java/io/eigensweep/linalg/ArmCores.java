package io.eigensweep.linalg;

import java.util.Map;

/** Names of ARM's and others' 64-bit cores by the numbers in which the processor gives them. */
final class ArmCores {
  private static final Map<Integer, String> IMPLEMENTERS =
      Map.ofEntries(
          Map.entry(0x41, "ARM"),
          Map.entry(0x42, "Broadcom"),
          Map.entry(0x43, "Cavium"),
          Map.entry(0x46, "Fujitsu"),
          Map.entry(0x48, "HiSilicon"),
          Map.entry(0x4e, "NVIDIA"),
          Map.entry(0x50, "APM"),
          Map.entry(0x51, "Qualcomm"),
          Map.entry(0x53, "Samsung"),
          Map.entry(0x56, "Marvell"),
          Map.entry(0x61, "Apple"),
          Map.entry(0x6d, "Microsoft"),
          Map.entry(0x70, "Phytium"),
          Map.entry(0xc0, "Ampere"));

  /** By {@code implementer << 12 | part}. */
  private static final Map<Integer, String> CORES =
      Map.ofEntries(
          Map.entry(0x41d03, "Cortex-A53"),
          Map.entry(0x41d05, "Cortex-A55"),
          Map.entry(0x41d07, "Cortex-A57"),
          Map.entry(0x41d08, "Cortex-A72"),
          Map.entry(0x41d09, "Cortex-A73"),
          Map.entry(0x41d0a, "Cortex-A75"),
          Map.entry(0x41d0b, "Cortex-A76"),
          Map.entry(0x41d0c, "Neoverse-N1"),
          Map.entry(0x41d0d, "Cortex-A77"),
          Map.entry(0x41d40, "Neoverse-V1"),
          Map.entry(0x41d41, "Cortex-A78"),
          Map.entry(0x41d44, "Cortex-X1"),
          Map.entry(0x41d46, "Cortex-A510"),
          Map.entry(0x41d47, "Cortex-A710"),
          Map.entry(0x41d48, "Cortex-X2"),
          Map.entry(0x41d49, "Neoverse-N2"),
          Map.entry(0x41d4f, "Neoverse-V2"),
          Map.entry(0x41d84, "Neoverse-V3"),
          Map.entry(0x41d8e, "Neoverse-N3"),
          Map.entry(0x430af, "ThunderX2"),
          Map.entry(0x46001, "A64FX"),
          Map.entry(0x48d01, "TaiShan-v110"),
          Map.entry(0xc0ac3, "Ampere-1"),
          Map.entry(0xc0ac4, "Ampere-1a"));

  private ArmCores() {}

  /**
   * {@code Neoverse-N1}, {@code Qualcomm}, or "" when neither is known.
   *
   * @param implementer as the system writes it, {@code 0x41}
   * @param part as the system writes it, {@code 0xd0c}
   */
  static String name(String implementer, String part) {
    try {
      int maker = Integer.decode(implementer);
      String core = CORES.get(maker << 12 | Integer.decode(part));
      return core == null ? IMPLEMENTERS.getOrDefault(maker, "") : core;
    } catch (NumberFormatException e) { // a system that writes them otherwise: no name
      return "";
    }
  }
}
