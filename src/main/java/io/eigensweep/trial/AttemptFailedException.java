package io.eigensweep.trial;

import io.eigensweep.signal.MissingSignalException;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An attempt at a trial failed, and the trial is not to blame: its signal can't be read here and
 * now, a file of it can't be stored, or this machine lacks something. It has no row, and may well
 * succeed later or elsewhere.
 */
public final class AttemptFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param stage where it failed
   * @param cause why
   */
  public AttemptFailedException(Stage stage, Throwable cause) {
    super("in " + stage.name().toLowerCase(Locale.ROOT) + ": " + reason(cause), cause);
  }

  /** Whether the signal's file is not there although others of its folder are. */
  public boolean isMissingSignal() {
    return getCause() instanceof MissingSignalException;
  }

  private static String reason(Throwable cause) {
    @Nullable String message = cause.getMessage();
    boolean plain = cause instanceof IOException || cause instanceof RuntimeException;
    return message == null || message.isBlank()
        ? cause.getClass().getName()
        : plain ? message : cause.getClass().getSimpleName() + ": " + message;
  }
}
