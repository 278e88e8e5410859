package io.eigensweep.network;

/** Rounding of float64 tables to the float32 that training uses. */
final class FloatArrays {
  private FloatArrays() {}

  static float[] of(double[] values, int length) {
    float[] rounded = new float[length];
    for (int i = 0; i < length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }
}
