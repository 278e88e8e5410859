package io.eigensweep.job;

/**
 * A job that can't be read: one line that names the position, the value and what is allowed, for
 * example {@code sweep.yaml:4:12: resolution: 50.5 must be a whole number}.
 */
public final class JobException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JobException(String message) {
    super(message);
  }
}
