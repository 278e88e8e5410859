package io.eigensweep.signal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Loads pictures from any Hadoop file system, and draws the generated ones.
 *
 * <p>A file is decoded by its content ({@link PictureFormat}); what its samples mean is told in
 * {@link RasterPicture} and {@link JpegPicture}. Pictures of more than 2^26 pixels, files of more
 * than 2^29 bytes and sides under 2 pixels are refused. With a size, the centre square is resampled
 * by area averaging ({@link CentreSquare}). The means are those of the whole stored picture.
 *
 * <p>Safe for use by several threads.
 */
public final class PictureReader implements SignalReader {
  private static final long MAX_BYTES = 1L << 29;

  private final Configuration conf;
  private final PictureDecoder decoder = new PictureDecoder();

  /** A reader of the file systems that {@code conf} knows. */
  public PictureReader(Configuration conf) {
    this.conf = conf;
  }

  @Override
  public LoadedSignal read(Signal signal) throws IOException {
    if (signal instanceof Signal.GeneratedImage generated) {
      return draw(generated);
    }
    if (signal instanceof Signal.ImagenetPicture picture) {
      Path folder = SignalPaths.child(new Path(picture.root()), picture.label());
      return load(SignalPaths.child(folder, picture.file()), signal);
    }
    if (signal instanceof Signal.ImageFile file) {
      return load(SignalPaths.child(new Path(file.root()), file.file()), signal);
    }
    throw new IllegalStateException("no reader for " + signal);
  }

  private LoadedSignal load(Path path, Signal signal) throws IOException {
    byte[] bytes = bytes(path);
    StoredPicture stored;
    try {
      stored = decoder.decode(bytes);
    } catch (UnreadablePictureException e) {
      throw new UnreadablePictureException(path + ": " + e.getMessage(), e);
    }
    Integer size = signal.size();
    Image image = size == null ? whole(stored) : CentreSquare.resample(stored, size);
    return loaded(image, sha256().digest(bytes), stored);
  }

  private byte[] bytes(Path path) throws IOException {
    FileSystem files = path.getFileSystem(conf);
    FileStatus status = files.getFileStatus(path);
    if (!status.isFile()) {
      throw new FileNotFoundException(path + " is a folder; a picture file is wanted");
    }
    if (status.getLen() > MAX_BYTES) {
      throw new UnreadablePictureException(
          String.format(
              Locale.ROOT,
              "%s: the file has %d bytes; at most %d are read",
              path,
              status.getLen(),
              MAX_BYTES));
    }
    try (FSDataInputStream in = files.open(path)) {
      return in.readAllBytes();
    }
  }

  private static LoadedSignal draw(Signal.GeneratedImage signal) {
    Image image = GeneratedPicture.draw(signal.kind(), signal.size(), signal.index());
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(Math.multiplyFull(4, image.values().length)));
    bytes.asFloatBuffer().put(image.values());
    return loaded(image, sha256().digest(bytes.array()), new StoredValues(image));
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

  private static LoadedSignal loaded(Image image, byte[] digest, StoredPicture stored) {
    double[] row = new double[3 * stored.width()];
    double[] sums = new double[3];
    for (int y = 0; y < stored.height(); y++) {
      stored.row(y, row);
      for (int k = 0; k < row.length; k++) {
        sums[k % 3] += row[k];
      }
    }
    double scale = 255.0 / ((long) stored.width() * stored.height());
    return new LoadedSignal(
        image,
        HexFormat.of().formatHex(digest),
        stored.width(),
        stored.height(),
        scale * sums[0],
        scale * sums[1],
        scale * sums[2]);
  }

  private static MessageDigest sha256() {
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
