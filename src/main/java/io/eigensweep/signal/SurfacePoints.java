package io.eigensweep.signal;

/**
 * Points in the unit cube with the truth about them.
 *
 * @param points N × 3, row-major
 * @param inside which lie inside the surface
 * @param targets N values of the surface's target
 * @param ambiguous how many have a winding number w with ||w| − ½| &lt; ¼
 */
@SuppressWarnings("ArrayRecordComponent") // tables shared read-only with inner loops
public record SurfacePoints(double[] points, boolean[] inside, float[] targets, int ambiguous) {

  /** N. */
  public int count() {
    return inside.length;
  }
}
