package io.eigensweep.trial;

import io.eigensweep.metric.Detail;
import io.eigensweep.metric.JpegReference;
import io.eigensweep.metric.MsSsim;
import io.eigensweep.metric.Psnr;
import io.eigensweep.metric.Ssim;
import io.eigensweep.signal.Image;
import io.eigensweep.trial.TrialResult.PictureQuality;
import io.eigensweep.trial.TrialResult.Quality;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A picture and the network's outputs at its pixels.
 *
 * @param image the picture
 * @param outputs values in the picture's order
 * @param bytes of the trainable numbers in float32, the budget of the JPEG beside it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PictureReconstruction(Image image, float[] outputs, long bytes) implements Reconstruction {

  @Override
  public Quality quality() {
    float[] reference = image.values();
    double psnr = Psnr.decibels(reference, outputs);
    OptionalDouble ssim =
        Ssim.of(reference, outputs, image.height(), image.width(), image.channels());
    Optional<MsSsim.Value> msSsim =
        MsSsim.of(reference, outputs, image.height(), image.width(), image.channels());
    return new Quality(
        Double.isFinite(psnr) ? psnr : null,
        ssim.isPresent() ? ssim.getAsDouble() : null,
        msSsim.map(MsSsim.Value::value).orElse(null),
        msSsim.map(MsSsim.Value::scales).orElse(null),
        new PictureQuality(
            Detail.of(reference, outputs, image.height(), image.width(), image.channels()),
            JpegReference.within(bytes, reference, image.height(), image.width()).orElse(null)),
        null);
  }

  @Override
  public Map<String, byte[]> files() throws IOException {
    return Map.of(
        "reconstruction.png", Png.encode(image.width(), image.height(), image.channels(), outputs));
  }
}
