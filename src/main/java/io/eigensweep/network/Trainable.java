package io.eigensweep.network;

import java.util.List;

/**
 * An array of trainable numbers with the array that its gradient is collected in.
 *
 * @param name as in {@link TrainableNetwork#state}
 * @param part whose numbers they are
 * @param values the numbers themselves
 * @param gradient as long; holds the gradient after {@link TrainableNetwork#completeGradients}
 */
@SuppressWarnings("ArrayRecordComponent") // two views of a workspace, never compared
public record Trainable(String name, Part part, float[] values, float[] gradient) {

  /** An array of zeros as long as each of {@code trainables}. */
  public static float[][] zeros(List<Trainable> trainables) {
    return trainables.stream()
        .map(trainable -> new float[trainable.values().length])
        .toArray(float[][]::new);
  }
}
