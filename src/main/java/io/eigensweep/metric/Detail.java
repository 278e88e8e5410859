package io.eigensweep.metric;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How much of a picture's fine detail a reconstruction has, and how much of its error lies there.
 *
 * <p>With X the orthonormal DCT-II of one channel, Σ X² = Σ x² (Parseval), and coefficient (k, l)
 * of an h × w picture has the radial frequency √((k/2h)² + (l/2w)²) in cycles per pixel. Detail is
 * what lies at {@value #RADIUS} or above, half of Nyquist's ½. Energies are summed over channels
 * and leave out (0, 0), the mean. The cosines continue the picture by its mirror, so that its edges
 * are no jumps, as they would be to a Fourier transform.
 *
 * <p>An error without any structure (white) has a share of 1 − π/16 ≈ 0.80.
 *
 * @param pictureShare energy of the picture's detail over all its energy; null for a constant one
 * @param errorShare energy of the detail of output − picture over all its energy; null when it is
 *     constant
 * @param kept energy of the output's detail over that of the picture's: 0 a blur without any, 1 as
 *     much as the picture has; null when the picture has none
 */
public record Detail(
    @Nullable Double pictureShare, @Nullable Double errorShare, @Nullable Double kept)
    implements Serializable {
  /** Radial frequency at which detail begins, in cycles per pixel. */
  public static final double RADIUS = 0.25;

  /** Longest side that is transformed; a longer one is judged by its middle. */
  public static final int MAX_SIDE = 512;

  /**
   * The detail of {@code output} against {@code reference}, both as they are, not clamped.
   *
   * @param reference index (row·width + column)·channels + channel
   * @param output index (row·width + column)·channels + channel
   */
  public static Detail of(float[] reference, float[] output, int height, int width, int channels) {
    Pictures.check("detail", reference, output, height, width, channels);
    DetailEnergy picture = new DetailEnergy();
    DetailEnergy made = new DetailEnergy();
    DetailEnergy error = new DetailEnergy();
    for (int c = 0; c < channels; c++) {
      DetailEnergy.add(reference, output, height, width, channels, c, picture, made, error);
    }
    return new Detail(
        picture.share(),
        error.share(),
        picture.detail() > 0 ? made.detail() / picture.detail() : null);
  }
}
