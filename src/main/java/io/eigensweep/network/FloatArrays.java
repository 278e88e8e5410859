package io.eigensweep.network;

/** Whole float32 arrays: rounding from float64, sums. */
final class FloatArrays {
  private FloatArrays() {}

  static float[] of(double[] values, int length) {
    float[] rounded = new float[length];
    for (int i = 0; i < length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }

  /** Column sums of a rows × columns matrix. */
  static void sumRows(float[] matrix, int stride, int rows, int columns, float[] sums) {
    for (int j = 0; j < columns; j++) {
      sums[j] = 0;
    }
    for (int row = 0; row < rows; row++) {
      addRow(matrix, row * stride, columns, sums);
    }
  }

  private static void addRow(float[] matrix, int at, int columns, float[] sums) {
    for (int j = 0; j < columns; j++) {
      sums[j] += matrix[at + j];
    }
  }

  /** a ← a + b. */
  static void add(float[] a, float[] b) {
    for (int i = 0; i < a.length; i++) {
      a[i] += b[i];
    }
  }
}
