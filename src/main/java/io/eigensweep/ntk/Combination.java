package io.eigensweep.ntk;

/**
 * A vector v of few entries, for an upper bound λ_min ≤ ‖Jᵀv‖²/‖v‖².
 *
 * @param kind what it is: {@code second-difference}, {@code block}, {@code ray}, {@code repeat},
 *     {@code single}
 * @param points the points with an entry
 * @param weights their entries
 */
@SuppressWarnings("ArrayRecordComponent") // built once, read by one loop; never compared
record Combination(String kind, int[] points, double[] weights) {}
