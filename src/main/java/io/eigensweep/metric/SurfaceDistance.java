package io.eigensweep.metric;

/**
 * How far two surfaces are apart, from points spread evenly on each and their exact distances to
 * the other. Accuracy is the mean over the output's points of the distance to the reference,
 * completeness the mean over the reference's points of the distance to the output (Mescheder et al.
 * 2019).
 *
 * @param chamferL1 ½(accuracy + completeness), distances
 * @param chamferL2 ½(accuracy + completeness) of squared distances
 * @param fScore harmonic mean of the shares of output points and of reference points that lie
 *     within the threshold of the other surface (Knapitsch et al. 2017)
 * @param normalConsistency ½ the sum of the means of |n·n'| of each point's normal and that of the
 *     closest face of the other surface
 */
public record SurfaceDistance(
    double chamferL1, double chamferL2, double fScore, double normalConsistency) {

  /**
   * The distances of one set of points.
   *
   * @param distances to the other surface
   * @param cosines |n·n'| of each
   */
  @SuppressWarnings("ArrayRecordComponent") // samples, never compared
  public record Side(double[] distances, double[] cosines) {
    public Side {
      if (distances.length == 0 || distances.length != cosines.length) {
        throw new IllegalArgumentException(
            "surface distances need as many cosines as distances, above 0; got "
                + distances.length
                + " and "
                + cosines.length);
      }
    }

    private double mean(int power) {
      double sum = 0;
      for (double distance : distances) {
        sum += power == 1 ? distance : distance * distance;
      }
      return sum / distances.length;
    }

    private double within(double threshold) {
      long count = 0;
      for (double distance : distances) {
        count += distance <= threshold ? 1 : 0;
      }
      return (double) count / distances.length;
    }

    private double meanCosine() {
      double sum = 0;
      for (double cosine : cosines) {
        sum += cosine;
      }
      return sum / cosines.length;
    }
  }

  /**
   * The four numbers of both sides.
   *
   * @param output points of the surface to be judged
   * @param reference points of the true one
   * @param threshold of the F-score
   */
  public static SurfaceDistance of(Side output, Side reference, double threshold) {
    double precision = output.within(threshold);
    double recall = reference.within(threshold);
    double sum = precision + recall;
    return new SurfaceDistance(
        0.5 * (output.mean(1) + reference.mean(1)),
        0.5 * (output.mean(2) + reference.mean(2)),
        sum == 0 ? 0 : 2 * precision * recall / sum,
        0.5 * (output.meanCosine() + reference.meanCosine()));
  }
}
