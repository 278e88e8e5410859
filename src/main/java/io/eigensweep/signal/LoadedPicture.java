package io.eigensweep.signal;

import io.eigensweep.metric.Loss;
import io.eigensweep.picture.Image;

/**
 * A picture ready for training, with what its row says of the source.
 *
 * @param image the picture after cropping and resampling
 * @param coordinates where in [0,1] its pixels lie
 * @param holdOut whether only {@link PixelGrid#trained} pixels are trained on
 * @param sha256 SHA-256 of the file's bytes, or of the generated values, lower-case hex
 * @param sourceWidth width of the stored picture in pixels, before cropping
 * @param sourceHeight height of the stored picture in pixels, before cropping
 * @param meanRed mean of the stored picture's red channel, 0–255
 * @param meanGreen mean of its green channel, 0–255
 * @param meanBlue mean of its blue channel, 0–255
 */
public record LoadedPicture(
    Image image,
    Coordinates coordinates,
    boolean holdOut,
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
    double[] points = coordinatesOfAll();
    if (!holdOut) {
      return new TrainingSet(points, image.values(), Loss.MSE, 0, 1, null);
    }
    int[] trained = PixelGrid.trained(image.width(), image.height());
    int channels = image.channels();
    double[] kept = new double[2 * trained.length];
    float[] values = new float[channels * trained.length];
    for (int i = 0; i < trained.length; i++) {
      System.arraycopy(points, 2 * trained[i], kept, 2 * i, 2);
      System.arraycopy(image.values(), channels * trained[i], values, channels * i, channels);
    }
    return new TrainingSet(kept, values, Loss.MSE, 0, 1, null);
  }

  /** The coordinates of all pixels, trained on or held out: height·width × 2. */
  public double[] coordinatesOfAll() {
    return PixelGrid.coordinates(image.width(), image.height(), coordinates);
  }

  /** Pixels of a row that are trained on. */
  public int trainedWidth() {
    return holdOut ? (image.width() + 1) / 2 : image.width();
  }

  /** Rows with pixels that are trained on. */
  public int trainedHeight() {
    return holdOut ? (image.height() + 1) / 2 : image.height();
  }
}
