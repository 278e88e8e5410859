package io.eigensweep.picture;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ServiceRegistry;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes the bytes of a picture file.
 *
 * <p>PNG, GIF (the first frame, its own rectangle) and BMP are read by the JDK; JPEG by
 * TwelveMonkeys' reader, which cleans the stream of damaged segments before the JDK's codec sees
 * it; only its raw components are taken ({@link JpegPicture}). Both are picked by class from a
 * registry of our own: which readers the global one finds depends on the thread's context class
 * loader, which under spark-submit need not see this jar. EXIF orientation is ignored, as ImageNet
 * practice does, and so are colour profiles, but for CMYK.
 *
 * <p>Safe for use by several threads: the providers are stateless and each picture gets a reader of
 * its own.
 */
public final class PictureDecoder {
  /** A picture of more pixels is refused from its header. */
  static final long MAX_PIXELS = 1L << 26;

  private static final int MIN_SIDE = 2;

  private final ImageReaderSpi jpeg;
  private final ImageReaderSpi png;
  private final ImageReaderSpi gif;
  private final ImageReaderSpi bmp;

  /** A decoder of the formats above. */
  public PictureDecoder() {
    ServiceRegistry registry =
        new ServiceRegistry(List.<Class<?>>of(ImageReaderSpi.class).iterator());
    List<ImageReaderSpi> jdk = new ArrayList<>();
    Iterator<ImageReaderSpi> known =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
    while (known.hasNext()) {
      ImageReaderSpi provider = known.next();
      if (provider.getClass().getModule().equals(ImageReaderSpi.class.getModule())) {
        jdk.add(provider);
        registry.registerServiceProvider(provider, ImageReaderSpi.class);
      }
    }
    png = reading("png", jdk);
    gif = reading("gif", jdk);
    bmp = reading("bmp", jdk);
    jpeg = new JPEGImageReaderSpi();
    registry.registerServiceProvider(jpeg, ImageReaderSpi.class); // finds the JDK's codec there
  }

  /**
   * The picture in {@code bytes}.
   *
   * @throws UnreadablePictureException for whatever can't be decoded; the message names the reason
   */
  public StoredPicture decode(byte[] bytes) throws UnreadablePictureException {
    PictureFormat format = PictureFormat.of(bytes);
    try {
      return switch (format) {
        case JPEG -> jpeg(bytes);
        case PNG -> {
          PngChunks.check(bytes);
          yield raster(png, bytes);
        }
        case GIF -> raster(gif, bytes);
        case BMP -> raster(bmp, bytes);
      };
    } catch (UnreadablePictureException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new UnreadablePictureException(
          "a " + format + " that can't be decoded: " + reason(e), e);
    }
  }

  private StoredPicture jpeg(byte[] bytes) throws IOException {
    JpegHeader header = JpegHeader.read(bytes);
    requireUsable(header.width(), header.height());
    Damage damage = new Damage(Damage.strayBefore(bytes));
    ImageReader reader = jpeg.createReaderInstance();
    try (MemoryCacheImageInputStream in = stream(bytes)) {
      reader.addIIOReadWarningListener(damage);
      reader.setInput(in, true, true);
      StoredPicture picture = new JpegPicture(reader.readRaster(0, null), header);
      damage.check();
      return picture;
    } finally {
      reader.dispose();
    }
  }

  private static StoredPicture raster(ImageReaderSpi provider, byte[] bytes) throws IOException {
    Damage damage = new Damage();
    ImageReader reader = provider.createReaderInstance();
    try (MemoryCacheImageInputStream in = stream(bytes)) {
      reader.addIIOReadWarningListener(damage);
      reader.setInput(in, true, true);
      requireUsable(reader.getWidth(0), reader.getHeight(0));
      BufferedImage image = reader.read(0);
      damage.check();
      return new RasterPicture(image.getRaster(), image.getColorModel());
    } finally {
      reader.dispose();
    }
  }

  private static MemoryCacheImageInputStream stream(byte[] bytes) {
    return new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes));
  }

  private static void requireUsable(long width, long height) throws UnreadablePictureException {
    if (width < MIN_SIDE || height < MIN_SIDE) {
      throw new UnreadablePictureException(
          String.format(
              Locale.ROOT,
              "the picture is %d × %d px; a side must be at least %d px",
              width,
              height,
              MIN_SIDE));
    }
    if (width * height > MAX_PIXELS) {
      throw new UnreadablePictureException(
          String.format(
              Locale.ROOT,
              "the picture is %d × %d = %d px by its header; at most %d px are read",
              width,
              height,
              width * height,
              MAX_PIXELS));
    }
  }

  private static ImageReaderSpi reading(String format, List<ImageReaderSpi> providers) {
    return providers.stream()
        .filter(provider -> Arrays.asList(provider.getFormatNames()).contains(format))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("this JDK has no reader of " + format));
  }

  /** The messages of {@code error} and its causes on one line. */
  private static String reason(Throwable error) {
    List<String> messages = new ArrayList<>();
    for (Throwable cause = error; cause != null && messages.size() < 4; cause = cause.getCause()) {
      String message = cause.getMessage();
      messages.add(
          message == null || message.isBlank() ? cause.getClass().getSimpleName() : message);
    }
    return String.join(": ", messages).replaceAll("\\s+", " ").strip();
  }
}
