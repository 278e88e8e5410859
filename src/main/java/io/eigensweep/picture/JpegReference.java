package io.eigensweep.picture;

import io.eigensweep.metric.MsSsim;
import io.eigensweep.metric.Pictures;
import io.eigensweep.metric.Psnr;
import io.eigensweep.metric.Ssim;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.imageio.IIOImage;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageReaderWriterSpi;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * What a JPEG file of at most a given size makes of a picture: a reference for networks of as many
 * bytes. The JDK's own encoder writes a baseline file with its standard Huffman tables, once with
 * halved and once with full chroma; of each, bisection over the qualities 1 to 100 finds one that
 * fits, and the better PSNR counts. Values are rounded to 8 bits before, and the measures compare
 * the decoded file with the values themselves.
 *
 * @param bytes of the whole file, headers included
 * @param quality 1 to 100
 * @param saturated whether quality 100 fits too: more bytes would not make it better
 * @param psnr dB; null when the file is exact
 * @param ssim structural similarity, null where the picture is too small
 * @param msSsim multi-scale structural similarity, null where the picture is too small
 */
public record JpegReference(
    int bytes,
    int quality,
    boolean saturated,
    @Nullable Double psnr,
    @Nullable Double ssim,
    @Nullable Double msSsim)
    implements Serializable {
  private static final int BEST_QUALITY = 100;

  /** One encoding. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Candidate(byte[] file, int quality, float[] decoded, double psnr) {}

  /**
   * The reference within {@code budget} bytes; empty when even the lowest quality takes more.
   *
   * @param picture values in [0,1] of red, green and blue, index (row·width + column)·3 + channel
   */
  public static Optional<JpegReference> within(
      long budget, float[] picture, int height, int width) {
    BufferedImage image = eightBits(picture, height, width);
    try {
      Candidate best = null;
      for (boolean fullChroma : new boolean[] {false, true}) {
        Candidate candidate = best(budget, picture, image, fullChroma);
        if (candidate != null && (best == null || candidate.psnr() > best.psnr())) {
          best = candidate;
        }
      }
      return best == null
          ? Optional.empty()
          : Optional.of(judged(best, picture, image.getHeight(), image.getWidth()));
    } catch (IOException e) {
      throw new UncheckedIOException("in-memory JPEG", e);
    }
  }

  private static JpegReference judged(Candidate best, float[] picture, int height, int width) {
    OptionalDouble ssim = Ssim.of(picture, best.decoded(), height, width, 3);
    Optional<MsSsim.Value> msSsim = MsSsim.of(picture, best.decoded(), height, width, 3);
    return new JpegReference(
        best.file().length,
        best.quality(),
        best.quality() == BEST_QUALITY,
        Double.isFinite(best.psnr()) ? best.psnr() : null,
        ssim.isPresent() ? ssim.getAsDouble() : null,
        msSsim.map(MsSsim.Value::value).orElse(null));
  }

  /** The best quality that fits, with larger files for larger qualities; null when none fits. */
  private static @Nullable Candidate best(
      long budget, float[] picture, BufferedImage image, boolean fullChroma) throws IOException {
    byte[] fitting = null;
    int fits = 0;
    int tooLarge = BEST_QUALITY + 1;
    int quality = BEST_QUALITY;
    while (tooLarge - fits > 1) {
      byte[] file = encode(image, quality, fullChroma);
      if (file.length <= budget) {
        fits = quality;
        fitting = file;
      } else {
        tooLarge = quality;
      }
      quality = (fits + tooLarge) / 2;
    }
    if (fitting == null) {
      return null;
    }
    float[] decoded = decode(fitting);
    return new Candidate(fitting, fits, decoded, Psnr.decibels(picture, decoded));
  }

  private static BufferedImage eightBits(float[] picture, int height, int width) {
    Pictures.check("JPEG", picture, picture, height, width, 3);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < height * width; i++) {
      int rgb = 0;
      for (int c = 0; c < 3; c++) {
        rgb = rgb << 8 | Math.round(255 * Math.min(Math.max(picture[3 * i + c], 0f), 1f));
      }
      image.setRGB(i % width, i / width, rgb);
    }
    return image;
  }

  private static byte[] encode(BufferedImage image, int quality, boolean fullChroma)
      throws IOException {
    ImageWriter writer = jdk(ImageWriterSpi.class).createWriterInstance();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(quality / 100f);
      IIOMetadata metadata =
          writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), param);
      if (fullChroma) {
        sampleEveryPixel(metadata);
      }
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, metadata), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** Sets the sampling factors of luma to those of chroma. */
  private static void sampleEveryPixel(IIOMetadata metadata) throws IIOInvalidTreeException {
    Element tree = (Element) metadata.getAsTree(metadata.getNativeMetadataFormatName());
    NodeList components = tree.getElementsByTagName("componentSpec");
    for (int i = 0; i < components.getLength(); i++) {
      Element component = (Element) components.item(i);
      component.setAttribute("HsamplingFactor", "1");
      component.setAttribute("VsamplingFactor", "1");
    }
    metadata.setFromTree(metadata.getNativeMetadataFormatName(), tree);
  }

  private static float[] decode(byte[] file) throws IOException {
    ImageReader reader = jdk(ImageReaderSpi.class).createReaderInstance();
    BufferedImage image;
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in);
      image = reader.read(0);
    } finally {
      reader.dispose();
    }
    int width = image.getWidth();
    float[] values = new float[3 * width * image.getHeight()];
    for (int i = 0; i < values.length; i++) {
      int pixel = i / 3;
      int rgb = image.getRGB(pixel % width, pixel / width);
      values[i] = (rgb >> (16 - 8 * (i % 3)) & 255) / 255f;
    }
    return values;
  }

  /** The JDK's own JPEG provider: a plug-in on the class path would decide otherwise. */
  private static <T extends ImageReaderWriterSpi> T jdk(Class<T> kind) {
    Iterator<T> providers = IIORegistry.getDefaultInstance().getServiceProviders(kind, false);
    while (providers.hasNext()) {
      T provider = providers.next();
      if (provider.getClass().getName().startsWith("com.sun.imageio.plugins.jpeg.")) {
        return provider;
      }
    }
    throw new IllegalStateException("this JVM has no JPEG " + kind.getSimpleName());
  }
}
