package io.eigensweep.signal;

import io.eigensweep.metric.Loss;

/**
 * A picture ready for training, with what its row says of the source.
 *
 * @param image the picture after cropping and resampling
 * @param coordinates where in [0,1] its pixels lie
 * @param sha256 SHA-256 of the file's bytes, or of the generated values, lower-case hex
 * @param sourceWidth width of the stored picture in pixels, before cropping
 * @param sourceHeight height of the stored picture in pixels, before cropping
 * @param meanRed mean of the stored picture's red channel, 0–255
 * @param meanGreen the same of green
 * @param meanBlue the same of blue
 */
public record LoadedPicture(
    Image image,
    Coordinates coordinates,
    String sha256,
    int sourceWidth,
    int sourceHeight,
    double meanRed,
    double meanGreen,
    double meanBlue)
    implements LoadedSignal {

  @Override
  public int dimensions() {
    return 2;
  }

  @Override
  public int channels() {
    return image.channels();
  }

  @Override
  public Image picture() {
    return image;
  }

  @Override
  public TrainingSet trainingSet(long seed) {
    double[] points = PixelGrid.coordinates(image.width(), image.height(), coordinates);
    return new TrainingSet(points, image.values(), Loss.MSE, 0, 1, null);
  }
}
