package io.eigensweep.verify;

/**
 * How a committed row stands beside what is computed here.
 *
 * @param kind in one word
 * @param text one line: what was compared and how, or what differs
 */
public record Verdict(Kind kind, String text) {

  /** The three verdicts. */
  public enum Kind {
    /** Every bit. */
    EQUAL,
    /** Under other circumstances: as near as rounding allows. */
    CONSISTENT,
    /** Not what the trial gives. */
    DIFFERENT
  }
}
