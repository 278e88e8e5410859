package io.eigensweep.ntk;

import org.jspecify.annotations.Nullable;

/** What Weyl's inequality λ_i(K) ≥ λ_i(K_mlp) + λ_min(K_grid) leaves. */
final class WeylSlack {
  private WeylSlack() {}

  /**
   * The smallest difference of the two sides; null unless it is resolved as an eigenvalue is: its
   * lower bound positive, and the upper one at most twice that. Each eigenvalue is known to its
   * spectrum's floor, or on the Jacobian route, whose floor is e², to 2e√λ + e².
   */
  static @Nullable Double of(Spectrum total, Spectrum mlp, Spectrum grid) {
    double slack = Double.POSITIVE_INFINITY;
    double lower = Double.POSITIVE_INFINITY;
    double upper = Double.POSITIVE_INFINITY;
    double ofGrid = grid.eigenvalues()[0];
    for (int i = 0; i < total.eigenvalues().length; i++) {
      double difference = total.eigenvalues()[i] - mlp.eigenvalues()[i] - ofGrid;
      double wrong = wrong(total, i) + wrong(mlp, i) + wrong(grid, 0);
      slack = Math.min(slack, difference);
      lower = Math.min(lower, difference - wrong);
      upper = Math.min(upper, difference + wrong);
    }
    return lower > 0 && upper <= 2 * lower ? slack : null;
  }

  private static double wrong(Spectrum spectrum, int i) {
    double floor = spectrum.floor();
    return spectrum.method().equals("gram")
        ? floor
        : floor + 2 * Math.sqrt(floor * Math.max(0, spectrum.eigenvalues()[i]));
  }
}
