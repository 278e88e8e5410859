package io.eigensweep.linalg;

/**
 * This machine, or this process, can't give the library or the kernels that a trial asks for;
 * another may. The message says why.
 */
public final class UnfitMachineException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  UnfitMachineException(String message) {
    super(message);
  }
}
