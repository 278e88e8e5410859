package io.eigensweep.trial;

import io.eigensweep.linalg.Blas;
import io.eigensweep.metric.Detail;
import io.eigensweep.metric.MsSsim;
import io.eigensweep.metric.PictureMetric;
import io.eigensweep.metric.Psnr;
import io.eigensweep.network.Parameters;
import io.eigensweep.picture.Image;
import io.eigensweep.picture.JpegReference;
import io.eigensweep.picture.Png;
import io.eigensweep.signal.LoadedPicture;
import io.eigensweep.signal.PixelGrid;
import io.eigensweep.training.Trainer;
import io.eigensweep.trial.TrialResult.HeldOut;
import io.eigensweep.trial.TrialResult.PictureQuality;
import io.eigensweep.trial.TrialResult.Quality;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A picture and the network's outputs at its pixels.
 *
 * @param image the picture
 * @param outputs values in the picture's order
 * @param bytes of the trainable numbers in float32, the budget of the JPEG beside it
 * @param holdOut whether only {@link PixelGrid#trained} pixels were trained on
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PictureReconstruction(Image image, float[] outputs, long bytes, boolean holdOut)
    implements Reconstruction {

  /**
   * What {@code trainer} has learnt of {@code picture}.
   *
   * @param parameters its numbers
   */
  static PictureReconstruction of(
      LoadedPicture picture, Trial trial, Trainer trainer, Parameters parameters, Blas blas) {
    float[] outputs =
        picture.holdOut()
            ? NetworkField.at(picture.coordinatesOfAll(), 2, trial, parameters, blas)
            : trainer.outputs();
    return new PictureReconstruction(
        picture.image(), outputs, Float.BYTES * parameters.count(), picture.holdOut());
  }

  @Override
  public Quality quality() {
    float[] reference = image.values();
    float[] shown = shown();
    double psnr = Psnr.decibels(reference, shown);
    int scales = MsSsim.scales(Math.min(image.height(), image.width()));
    return new Quality(
        Double.isFinite(psnr) ? psnr : null,
        new PictureQuality(
            PictureMetric.of(reference, shown, image.height(), image.width(), image.channels()),
            scales == 0 ? null : scales,
            Detail.of(reference, outputs, image.height(), image.width(), image.channels()),
            JpegReference.within(bytes, reference, image.height(), image.width()).orElse(null),
            holdOut ? split() : null),
        null);
  }

  /** The outputs as a display or the PNG has them: in [0,1]. NaN stays. */
  private float[] shown() {
    float[] shown = new float[outputs.length];
    for (int i = 0; i < shown.length; i++) {
      shown[i] = Math.max(0, Math.min(1, outputs[i]));
    }
    return shown;
  }

  private HeldOut split() {
    boolean[] trained = new boolean[image.width() * image.height()];
    for (int pixel : PixelGrid.trained(image.width(), image.height())) {
      trained[pixel] = true;
    }
    return new HeldOut(psnr(trained, true), psnr(trained, false));
  }

  /** PSNR over the pixels whose entry is {@code wanted}; null when they are exact, or none. */
  private @Nullable Double psnr(boolean[] trained, boolean wanted) {
    int channels = image.channels();
    float[] reference = new float[image.values().length];
    float[] output = new float[reference.length];
    int count = 0;
    for (int pixel = 0; pixel < trained.length; pixel++) {
      if (trained[pixel] == wanted) {
        System.arraycopy(image.values(), channels * pixel, reference, count, channels);
        System.arraycopy(outputs, channels * pixel, output, count, channels);
        count += channels;
      }
    }
    if (count == 0) {
      return null;
    }
    double psnr = Psnr.decibels(Arrays.copyOf(reference, count), Arrays.copyOf(output, count));
    return Double.isFinite(psnr) ? psnr : null;
  }

  @Override
  public Map<String, byte[]> files() throws IOException {
    return Map.of(
        "reconstruction.png", Png.encode(image.width(), image.height(), image.channels(), outputs));
  }
}
