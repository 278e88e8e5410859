package io.eigensweep.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process, told from every other one of this and of other machines, containers included: those of
 * one machine have one boot, but each has processes 1, 2, …
 *
 * @param pid its number, in its own namespace
 * @param boot the start of the machine's kernel
 * @param namespace the namespace of its number, empty where there are none
 * @param born when it began, in the kernel's words
 */
public record ProcessMark(long pid, String boot, String namespace, String born) {
  /** The place of the field {@code starttime} of proc(5) after the program's name. */
  private static final int STARTTIME = 19;

  /** This process. */
  public static ProcessMark current() {
    long pid = ProcessHandle.current().pid();
    return new ProcessMark(pid, kernelsBoot(), ownNamespace(), born(pid).orElse(""));
  }

  /** When the process {@code pid} of this namespace began, empty when there is none. */
  public static Optional<String> born(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.UTF_8);
      // The second field is the program's name in parentheses, which may hold anything.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Optional.of(fields[STARTTIME]);
    } catch (IOException | RuntimeException e) {
      return ProcessHandle.of(pid)
          .map(process -> process.info().startInstant().map(Object::toString).orElse("unknown"));
    }
  }

  /** The kernel's name for its run; elsewhere the start of the first process. */
  private static String kernelsBoot() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id"), StandardCharsets.UTF_8)
          .strip();
    } catch (IOException e) {
      return born(1).orElse("");
    }
  }

  private static String ownNamespace() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }
}
