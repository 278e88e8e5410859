package io.eigensweep.sweep;

/** Why an attempt at a trial has not ended. */
sealed interface LostTask permits ExecutorDeath, LostTask.Fault {

  /** What is known of it. */
  String reason();

  /**
   * Anything but the death of its executor.
   *
   * @param reason what Spark says of the trial's job
   */
  record Fault(String reason) implements LostTask {}
}
