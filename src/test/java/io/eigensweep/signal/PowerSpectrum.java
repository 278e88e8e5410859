package io.eigensweep.signal;

import io.eigensweep.picture.Image;

/** The mean power of a picture's green channel over rings of frequency, by a plain DFT. */
final class PowerSpectrum {
  private final double[] power;

  private PowerSpectrum(double[] power) {
    this.power = power;
  }

  /** The spectrum of a square picture under a Hann window, without its mean. */
  static PowerSpectrum of(Image image) {
    int n = image.width();
    double mean = 0;
    for (int i = 0; i < n * n; i++) {
      mean += image.values()[3 * i + 1] / (n * (double) n);
    }
    double[][] real = new double[n][n];
    for (int y = 0; y < n; y++) {
      for (int x = 0; x < n; x++) {
        double window = hann(x, n) * hann(y, n);
        real[y][x] = window * (image.values()[3 * (y * n + x) + 1] - mean);
      }
    }
    double[][] rowsReal = new double[n][n];
    double[][] rowsImaginary = new double[n][n];
    for (int y = 0; y < n; y++) {
      for (int k = 0; k < n; k++) {
        for (int x = 0; x < n; x++) {
          double angle = -2 * Math.PI * (k * x % n) / n;
          rowsReal[y][k] += real[y][x] * Math.cos(angle);
          rowsImaginary[y][k] += real[y][x] * Math.sin(angle);
        }
      }
    }
    double[] sums = new double[n / 2 + 1];
    int[] counts = new int[n / 2 + 1];
    for (int l = 0; l < n; l++) {
      for (int k = 0; k < n; k++) {
        double re = 0;
        double im = 0;
        for (int y = 0; y < n; y++) {
          double angle = -2 * Math.PI * (l * y % n) / n;
          re += rowsReal[y][k] * Math.cos(angle) - rowsImaginary[y][k] * Math.sin(angle);
          im += rowsReal[y][k] * Math.sin(angle) + rowsImaginary[y][k] * Math.cos(angle);
        }
        int ring = (int) Math.round(Math.hypot(Math.min(k, n - k), Math.min(l, n - l)));
        if (ring < sums.length) {
          sums[ring] += re * re + im * im;
          counts[ring]++;
        }
      }
    }
    for (int ring = 0; ring < sums.length; ring++) {
      sums[ring] /= counts[ring];
    }
    return new PowerSpectrum(sums);
  }

  /** The least-squares slope of log power over log frequency between two rings. */
  double slope(int from, int to) {
    double n = to - from + 1;
    double sumX = 0;
    double sumY = 0;
    double sumXx = 0;
    double sumXy = 0;
    for (int ring = from; ring <= to; ring++) {
      double x = Math.log(ring);
      double y = Math.log(power[ring]);
      sumX += x;
      sumY += y;
      sumXx += x * x;
      sumXy += x * y;
    }
    return (n * sumXy - sumX * sumY) / (n * sumXx - sumX * sumX);
  }

  private static double hann(int i, int n) {
    double sine = Math.sin(Math.PI * (i + 0.5) / n);
    return sine * sine;
  }
}
