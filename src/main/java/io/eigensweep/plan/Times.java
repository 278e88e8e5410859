package io.eigensweep.plan;

/**
 * Expected seconds of a trial by part.
 *
 * @param training in steps
 * @param kernel in kernels, spectra and the learning-rate limit
 * @param rest reading, evaluating, committing
 */
record Times(double training, double kernel, double rest) {
  double total() {
    return training + kernel + rest;
  }

  Times plus(Times other) {
    return new Times(training + other.training, kernel + other.kernel, rest + other.rest);
  }

  /** Each part times that of {@code factors}. */
  Times times(Times factors) {
    return new Times(training * factors.training, kernel * factors.kernel, rest * factors.rest);
  }

  /** Each part divided by that of {@code other}; 1 where the other is 0. */
  Times over(Times other) {
    return new Times(
        ratio(training, other.training), ratio(kernel, other.kernel), ratio(rest, other.rest));
  }

  private static double ratio(double numerator, double denominator) {
    return denominator > 0 && numerator > 0 ? numerator / denominator : 1;
  }
}
