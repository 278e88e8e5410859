package io.eigensweep.network;

/** Whole float32 arrays: rounding from float64, addition. */
final class FloatArrays {
  private FloatArrays() {}

  static float[] of(double[] values, int length) {
    float[] rounded = new float[length];
    for (int i = 0; i < length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }

  /** a ← a + b. */
  static void add(float[] a, float[] b) {
    for (int i = 0; i < a.length; i++) {
      a[i] += b[i];
    }
  }
}
