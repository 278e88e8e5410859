package io.eigensweep.trial;

/** The version of everything that turns a trial into numbers. */
public final class Numerics {
  /** Raised whenever a change makes the same trial give other numbers; part of every trial id. */
  public static final int VERSION = 5;

  private Numerics() {}
}
