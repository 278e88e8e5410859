package io.eigensweep.signal;

import io.eigensweep.picture.CentreSquare;
import io.eigensweep.picture.GeneratedPicture;
import io.eigensweep.picture.Image;
import io.eigensweep.picture.PictureDecoder;
import io.eigensweep.picture.StoredPicture;
import io.eigensweep.picture.UnreadablePictureException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Loads pictures from any Hadoop file system, and draws the generated ones.
 *
 * <p>A file is decoded by its content ({@link PictureDecoder}). Pictures of more than 2^26 pixels,
 * files of more than 2^29 bytes and sides under 2 pixels are refused. With a size, the centre
 * square is resampled by area averaging ({@link CentreSquare}). The means are those of the whole
 * stored picture.
 *
 * <p>Safe for use by several threads.
 */
final class PictureReader {
  private final Configuration conf;
  private final PictureDecoder decoder = new PictureDecoder();

  /** A reader of the file systems that {@code conf} knows. */
  PictureReader(Configuration conf) {
    this.conf = conf;
  }

  /**
   * The picture of {@code signal}, cropped and resampled as it asks.
   *
   * @throws IOException when the file can't be read
   * @throws UnreadableSignalException when its content is no picture that can be used
   */
  LoadedPicture read(PictureSignal signal) throws IOException {
    if (signal instanceof Signal.GeneratedImage generated) {
      return draw(generated);
    }
    return load(Objects.requireNonNull(SignalPaths.of((Signal) signal)), signal);
  }

  private LoadedPicture load(Path path, PictureSignal signal) throws IOException {
    byte[] bytes = FileBytes.read(path, conf, "picture");
    StoredPicture stored;
    try {
      stored = decoder.decode(bytes);
    } catch (UnreadablePictureException e) {
      throw new UnreadableSignalException(path + ": " + e.getMessage(), e);
    }
    Integer size = signal.size();
    Image image = size == null ? whole(stored) : CentreSquare.resample(stored, size);
    return loaded(image, signal, sha256().digest(bytes), stored);
  }

  private static LoadedPicture draw(Signal.GeneratedImage signal) {
    Image image = GeneratedPicture.draw(signal.kind(), signal.size(), signal.index());
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(Math.multiplyFull(4, image.values().length)));
    bytes.asFloatBuffer().put(image.values());
    return loaded(image, signal, sha256().digest(bytes.array()), new StoredValues(image));
  }

  private static Image whole(StoredPicture stored) {
    int width = stored.width();
    float[] values = new float[Math.toIntExact(3L * width * stored.height())];
    double[] row = new double[3 * width];
    for (int y = 0; y < stored.height(); y++) {
      stored.row(y, row);
      for (int k = 0; k < row.length; k++) {
        values[y * row.length + k] = (float) row[k];
      }
    }
    return new Image(width, stored.height(), 3, values);
  }

  private static LoadedPicture loaded(
      Image image, PictureSignal signal, byte[] digest, StoredPicture stored) {
    double[] row = new double[3 * stored.width()];
    double[] sums = new double[3];
    for (int y = 0; y < stored.height(); y++) {
      stored.row(y, row);
      for (int k = 0; k < row.length; k++) {
        sums[k % 3] += row[k];
      }
    }
    double scale = 255.0 / ((long) stored.width() * stored.height());
    return new LoadedPicture(
        image,
        signal.coordinates(),
        signal.holdOut(),
        HexFormat.of().formatHex(digest),
        stored.width(),
        stored.height(),
        scale * sums[0],
        scale * sums[1],
        scale * sums[2]);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** An image in memory as if it were stored. */
  private record StoredValues(Image image) implements StoredPicture {
    @Override
    public int width() {
      return image.width();
    }

    @Override
    public int height() {
      return image.height();
    }

    @Override
    public void row(int y, double[] rgb) {
      for (int k = 0; k < 3 * image.width(); k++) {
        rgb[k] = image.values()[3 * image.width() * y + k];
      }
    }
  }
}
