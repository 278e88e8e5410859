package io.eigensweep.sweep;

import io.eigensweep.trial.Status;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The death of an executor that Spark blames on the task it ran. An executor that was taken away
 * (preempted, decommissioned, its machine lost) is not blamed on anyone; Spark runs its task again.
 *
 * @param reason what the cluster manager says: the exit code has no type in Spark's events
 */
record ExecutorDeath(String reason) implements LostTask {
  private static final Pattern CODE = Pattern.compile("(?i)(?:code|status):? ?(\\d+)");
  private static final Pattern MEMORY = Pattern.compile("(?i)out of memory|memory limit|\\bOOM\\b");

  /** Spark's own exit code after an OutOfMemoryError outside a task. */
  private static final int SPARK_OUT_OF_MEMORY = 52;

  private static final int KILLED = 137;
  private static final int TERMINATED = 143;
  private static final int UNKNOWN = -1;

  /**
   * OUT_OF_MEMORY when the executor was killed (137: the kernel or the cluster manager, which do so
   * for memory), when YARN's out-of-memory handler has ended it (143), or when the reason says so;
   * else FAILED.
   *
   * @param master the master's URL
   */
  Status status(String master) {
    int code = exitCode();
    boolean memory =
        code == KILLED
            || code == SPARK_OUT_OF_MEMORY
            || (code == TERMINATED && master.startsWith("yarn"))
            || MEMORY.matcher(reason).find();
    return memory ? Status.OUT_OF_MEMORY : Status.FAILED;
  }

  /** What the row of a trial says after {@code deaths}, of which this is the last. */
  String message(int deaths) {
    return String.format(
        Locale.ROOT,
        "the executor died %d times while it ran this trial; the last time: %s%s",
        deaths,
        reason,
        exitCode() == KILLED ? " (killed, as the system does with who takes too much memory)" : "");
  }

  private int exitCode() {
    Matcher code = CODE.matcher(reason);
    return code.find() ? Integer.parseInt(code.group(1)) : UNKNOWN;
  }
}
