package io.eigensweep.picture;

import java.awt.Point;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes JPEG files of one to four raw components and puts segments into them. */
public final class JpegBytes {
  private JpegBytes() {}

  /** A file of one colour: the components as they are stored, no marker but the frame's. */
  public static byte[] flat(int width, int height, int... components) throws IOException {
    byte[] samples = new byte[width * height * components.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) components[i % components.length];
    }
    return raw(width, height, components.length, samples);
  }

  /** A file of raw components, interleaved by pixel. */
  public static byte[] raw(int width, int height, int components, byte[] samples)
      throws IOException {
    int[] offsets = new int[components];
    Arrays.setAll(offsets, i -> i);
    WritableRaster raster =
        Raster.createWritableRaster(
            new PixelInterleavedSampleModel(
                DataBufferByte.TYPE_BYTE, width, height, components, width * components, offsets),
            new DataBufferByte(samples, samples.length),
            new Point());
    return write(new IIOImage(raster, null, null), "jpeg", 1);
  }

  /** An ordinary file, as a camera writes it. */
  public static byte[] of(BufferedImage image, float quality) throws IOException {
    return write(new IIOImage(image, null, null), "jpeg", quality);
  }

  /** {@code jpeg} with a segment after its first marker. */
  public static byte[] with(byte[] jpeg, int marker, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.write(0xFF);
    out.write(marker);
    out.write((content.length + 2) >> 8);
    out.write((content.length + 2) & 255);
    out.writeBytes(content);
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  /** {@code jpeg} with Adobe's marker: 0 no transform, 1 YCbCr, 2 YCCK. */
  public static byte[] withAdobe(byte[] jpeg, int transform) {
    byte[] content = Arrays.copyOf("Adobe".getBytes(StandardCharsets.US_ASCII), 12);
    content[6] = 100;
    content[11] = (byte) transform;
    return with(jpeg, 0xEE, content);
  }

  /** {@code jpeg} with a colour profile in one chunk. */
  public static byte[] withProfile(byte[] jpeg, byte[] profile) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes("ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII));
    content.write(1);
    content.write(1);
    content.writeBytes(profile);
    return with(jpeg, 0xE2, content.toByteArray());
  }

  /** {@code jpeg} with one EXIF entry in its first directory. */
  public static byte[] withExif(byte[] jpeg, int tag, int type, int count, int value) {
    ByteBuffer exif = ByteBuffer.allocate(32);
    exif.put("Exif\0\0MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8).putShort((short) 1);
    exif.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    return with(jpeg, 0xE1, exif.array());
  }

  /** {@code jpeg} whose frame header has another byte at {@code offset} after the marker. */
  public static byte[] withFrameByte(byte[] jpeg, int offset, int value) {
    byte[] changed = jpeg.clone();
    for (int i = 2; i < changed.length; i++) {
      if ((changed[i] & 255) == 0xFF && (changed[i + 1] & 255) == 0xC0) {
        changed[i + 1 + offset] = (byte) value;
        return changed;
      }
    }
    throw new IllegalArgumentException("no baseline frame");
  }

  private static byte[] write(IIOImage image, String format, float quality) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(quality);
      writer.setOutput(stream);
      writer.write(null, image, param);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }
}
