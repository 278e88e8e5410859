package io.eigensweep.trial;

import io.eigensweep.encoding.Encoder;
import io.eigensweep.linalg.Blas;
import io.eigensweep.network.ForwardPass;
import io.eigensweep.network.Parameters;
import java.util.Arrays;

/** A trained network as a function of the coordinates, in float64. */
final class NetworkField {
  /** Points that go through the network at a time. */
  private static final int CHUNK = 4096;

  private NetworkField() {}

  /**
   * The outputs at {@code points}.
   *
   * @param points N × d coordinates in [0,1]^d
   * @return N × C values
   */
  static float[] at(double[] points, int d, Trial trial, Parameters parameters, Blas blas) {
    int channels = parameters.channels();
    int count = points.length / d;
    float[] outputs = new float[Math.multiplyExact(count, channels)];
    for (int from = 0; from < count; from += CHUNK) {
      int to = Math.min(count, from + CHUNK);
      double[] chunk = Arrays.copyOfRange(points, d * from, d * to);
      double[] values =
          ForwardPass.of(
                  trial.network(),
                  parameters,
                  Encoder.encode(trial.encoding(), chunk, d, trial.seed()),
                  blas)
              .outputs()
              .data;
      for (int i = 0; i < channels * (to - from); i++) {
        outputs[channels * from + i] = (float) values[i];
      }
    }
    return outputs;
  }
}
