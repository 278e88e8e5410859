package io.eigensweep.training;

import io.eigensweep.settings.Check;
import io.eigensweep.settings.Key;
import io.eigensweep.settings.SettingException;
import java.io.Serializable;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How a network is trained: loss = mean over batch and channels of (f − y)², a fresh shuffle each
 * epoch, float32. The constants of an update rule are null with the others, and filled in with
 * theirs.
 *
 * @param optimizer the update rule
 * @param momentum μ of {@link Optimizer#MOMENTUM}, 0.9 when absent
 * @param beta1 β₁ of {@link Optimizer#ADAM}, 0.9 when absent
 * @param beta2 β₂ of {@link Optimizer#ADAM}, 0.999 when absent
 * @param epsilon ε of {@link Optimizer#ADAM}, 1e-8 when absent
 * @param learningRate η; null when the next is given, 100 when neither is
 * @param learningRateOfLimit η as a share of {@link #stabilityLimit}
 * @param schedule how η changes over the steps
 * @param batchSize samples per step; the last batch of an epoch may be smaller
 * @param epochs passes over the signal; 0 evaluates the network at its initialisation
 * @param freezeGridAt 0 leaves the grids at their random initialisation; null never freezes them
 * @param freezeNetworkAt the same of the layers
 * @param psnrEvery epochs between two PSNR values of the learning curve
 */
public record TrainingSettings(
    @Key(meaning = "update rule", fallback = "sgd") Optimizer optimizer,
    @Key(meaning = "share μ of the velocity that a step of momentum keeps", optional = true)
        @Nullable Double momentum,
    @Key(meaning = "decay β₁ of Adam's mean gradient", optional = true) @Nullable Double beta1,
    @Key(meaning = "decay β₂ of Adam's mean squared gradient", optional = true)
        @Nullable Double beta2,
    @Key(meaning = "ε that Adam adds to the root of the mean squared gradient", optional = true)
        @Nullable Double epsilon,
    @Key(meaning = "learning rate η", optional = true, fallback = TrainingSettings.RATE)
        @Nullable Double learningRate,
    @Key(meaning = "learning rate as a share of the trial's own stability limit", optional = true)
        @Nullable Double learningRateOfLimit,
    @Key(
            meaning = "how the learning rate changes over the steps",
            fallback = "constant",
            omitDefault = true)
        Schedule schedule,
    @Key(meaning = "samples per step", fallback = "1024", unit = "samples") int batchSize,
    @Key(meaning = "passes over the signal", fallback = "300", unit = "epochs") int epochs,
    @Key(
            meaning = "completed epochs from which on the grids keep their numbers",
            unit = "epochs",
            optional = true)
        @Nullable Integer freezeGridAt,
    @Key(
            meaning = "completed epochs from which on the network's layers keep their numbers",
            unit = "epochs",
            optional = true)
        @Nullable Integer freezeNetworkAt,
    @Key(
            meaning = "epochs between two PSNR values of the learning curve",
            fallback = "10",
            unit = "epochs",
            identity = false)
        int psnrEvery)
    implements Serializable {
  static final String RATE = "100";

  public TrainingSettings {
    momentum = constant("momentum", momentum, 0.9, optimizer, Optimizer.MOMENTUM);
    beta1 = constant("beta1", beta1, 0.9, optimizer, Optimizer.ADAM);
    beta2 = constant("beta2", beta2, 0.999, optimizer, Optimizer.ADAM);
    epsilon = constant("epsilon", epsilon, 1e-8, optimizer, Optimizer.ADAM);
    checkDecay("momentum", momentum);
    checkDecay("beta1", beta1);
    checkDecay("beta2", beta2);
    if (epsilon != null) {
      Check.positive("epsilon", epsilon);
    }
    if (learningRateOfLimit == null) {
      learningRate = learningRate == null ? Double.valueOf(RATE) : learningRate;
      Check.positive("learning-rate", learningRate);
    } else {
      Check.positive("learning-rate-of-limit", learningRateOfLimit);
      if (learningRate != null) {
        throw new SettingException(
            "learning-rate-of-limit",
            "takes the place of learning-rate, got "
                + learningRateOfLimit
                + " and learning-rate "
                + learningRate);
      }
      if (optimizer == Optimizer.ADAM) {
        throw new SettingException(
            "learning-rate-of-limit",
            "needs optimizer sgd or momentum, whose stability limit is known, got adam");
      }
    }
    Check.between("batch-size", batchSize, 1, 1 << 22);
    Check.between("epochs", epochs, 0, 10_000_000);
    checkFreeze("freeze-grid-at", freezeGridAt, epochs);
    checkFreeze("freeze-network-at", freezeNetworkAt, epochs);
    Check.between("psnr-every", psnrEvery, 1, 10_000_000);
  }

  /** Plain descent at a constant rate. */
  public static TrainingSettings sgd(
      double learningRate, int batchSize, int epochs, int psnrEvery) {
    return of(Optimizer.SGD, learningRate, Schedule.CONSTANT, batchSize, epochs, psnrEvery);
  }

  /** An update rule with its default constants. */
  public static TrainingSettings of(
      Optimizer optimizer,
      double learningRate,
      Schedule schedule,
      int batchSize,
      int epochs,
      int psnrEvery) {
    return new TrainingSettings(
        optimizer,
        null,
        null,
        null,
        null,
        learningRate,
        null,
        schedule,
        batchSize,
        epochs,
        null,
        null,
        psnrEvery);
  }

  /**
   * These settings with their learning rate as a number.
   *
   * @param sgdLimit the limit of plain descent at this trial's initialisation; null when it is not
   *     known
   * @throws IllegalStateException when the learning rate is a share of a limit that is not known
   */
  public TrainingSettings resolved(@Nullable Double sgdLimit) {
    if (learningRateOfLimit == null) {
      return this;
    }
    OptionalDouble limit = sgdLimit == null ? OptionalDouble.empty() : stabilityLimit(sgdLimit);
    double rate =
        learningRateOfLimit
            * limit.orElseThrow(
                () ->
                    new IllegalStateException(
                        "learning-rate-of-limit "
                            + learningRateOfLimit
                            + " has no limit to refer to: the kernel at initialisation is zero, or the"
                            + " loss is not mse"));
    return new TrainingSettings(
        optimizer,
        momentum,
        beta1,
        beta2,
        epsilon,
        rate,
        null,
        schedule,
        batchSize,
        epochs,
        freezeGridAt,
        freezeNetworkAt,
        psnrEvery);
  }

  /**
   * The learning rate from which full-batch descent on a quadratic loss grows, when plain descent
   * grows from {@code sgdLimit} on: (1 + μ) times that with momentum (Polyak 1964); not known for
   * Adam, whose steps do not scale with the gradient.
   */
  public OptionalDouble stabilityLimit(double sgdLimit) {
    return switch (optimizer) {
      case SGD -> OptionalDouble.of(sgdLimit);
      case MOMENTUM -> OptionalDouble.of(sgdLimit * (1 + (momentum == null ? 0 : momentum)));
      case ADAM -> OptionalDouble.empty();
    };
  }

  private static @Nullable Double constant(
      String key, @Nullable Double value, double fallback, Optimizer chosen, Optimizer owner) {
    if (chosen == owner) {
      return value == null ? fallback : value;
    }
    if (value != null) {
      throw new SettingException(
          key,
          String.format(
              Locale.ROOT,
              "belongs to optimizer %s, got %s with optimizer %s",
              owner.name().toLowerCase(Locale.ROOT),
              value,
              chosen.name().toLowerCase(Locale.ROOT)));
    }
    return null;
  }

  private static void checkFreeze(String key, @Nullable Integer epoch, int epochs) {
    if (epoch != null) {
      Check.between(key, epoch, 0, epochs);
    }
  }

  private static void checkDecay(String key, @Nullable Double value) {
    if (value != null) {
      Check.share(key, value);
    }
  }
}
