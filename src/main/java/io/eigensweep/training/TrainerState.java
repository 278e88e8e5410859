package io.eigensweep.training;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A training between two epochs: everything that the coming epochs depend on. Arrays are not
 * copied.
 *
 * @param epoch completed epochs
 * @param nanos time spent in training steps
 * @param shuffle position of the random stream that shuffles
 * @param order the samples in the last epoch's order, which the next shuffle permutes further
 * @param arrays the numbers of the network, and those that the update rule keeps, by name
 * @param curve the learning curve so far
 */
@SuppressWarnings("ArrayRecordComponent") // written to a file and read from it, never compared
public record TrainerState(
    int epoch,
    long nanos,
    byte[] shuffle,
    int[] order,
    Map<String, float[]> arrays,
    List<CurvePoint> curve) {
  public TrainerState {
    arrays = Map.copyOf(arrays);
    curve = List.copyOf(curve);
  }

  /** Whether this is the state of a training on so many samples with such arrays. */
  boolean fits(int samples, Map<String, float[]> live) {
    return order.length == samples
        && arrays.keySet().equals(live.keySet())
        && arrays.entrySet().stream()
            .allMatch(
                saved ->
                    saved.getValue().length
                        == Objects.requireNonNull(live.get(saved.getKey())).length);
  }

  /** Copies the array {@code name} to {@code target}. */
  void restore(String name, float[] target) {
    float[] saved = Objects.requireNonNull(arrays.get(name));
    System.arraycopy(saved, 0, target, 0, target.length);
  }
}
