package io.eigensweep.certify;

/**
 * What is proved of the smallest eigenvalue of a kernel as it is stored, and of those near it.
 *
 * @param lower of λ_min for every matrix within the entries' error, −∞ where there is none
 * @param upper of λ_min for every matrix within the entries' error, ∞ where there is none
 * @param storedLower of the stored matrix alone
 * @param storedUpper of the stored matrix alone
 * @param negatives at least so many eigenvalues are below 0, whatever the entries' error
 */
record Bounds(double lower, double upper, double storedLower, double storedUpper, int negatives) {
  Bounds {
    lower = Double.isNaN(lower) ? Double.NEGATIVE_INFINITY : lower;
    upper = Double.isNaN(upper) ? Double.POSITIVE_INFINITY : upper;
    storedLower = Double.isNaN(storedLower) ? Double.NEGATIVE_INFINITY : storedLower;
    storedUpper = Double.isNaN(storedUpper) ? Double.POSITIVE_INFINITY : storedUpper;
  }
}
