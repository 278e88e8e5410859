package io.eigensweep.ntk;

import io.eigensweep.settings.Shorthand;
import java.io.Serializable;

/**
 * An epoch at which the kernel is computed, as a job names it: {@code init}, {@code half}, {@code
 * last}, or a number of epochs.
 *
 * @param name the word or the number
 */
public record Checkpoint(String name) implements Serializable, Shorthand {

  /** Reads a checkpoint; anything but the three words and a non-negative integer is refused. */
  public static Checkpoint parse(String text) {
    boolean known =
        switch (text) {
          case "init", "half", "last" -> true;
          default -> text.matches("[0-9]{1,8}");
        };
    if (!known) {
      throw new IllegalArgumentException(
          "an epoch must be init, half, last or a number of epochs, got " + text);
    }
    return new Checkpoint(text);
  }

  /** The checkpoint at {@code epoch}. */
  public static Checkpoint at(int epoch) {
    return new Checkpoint(Integer.toString(epoch));
  }

  /**
   * The epoch number for a training of {@code epochs} epochs; half of an odd number is rounded
   * down.
   *
   * @throws IllegalArgumentException when the number lies beyond the training
   */
  public int epoch(int epochs) {
    return switch (name) {
      case "init" -> 0;
      case "half" -> epochs / 2;
      case "last" -> epochs;
      default -> {
        int number = Integer.parseInt(name);
        if (number > epochs) {
          throw new IllegalArgumentException(
              "ntk.epochs asks for epoch " + number + ", but training ends at " + epochs);
        }
        yield number;
      }
    };
  }

  @Override
  public String shorthand() {
    return name;
  }
}
