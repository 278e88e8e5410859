package io.eigensweep.picture;

import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegment;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegmentUtil;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What the segments before a JPEG's first scan say (ITU-T T.81 annex B; Adobe technical note 5116
 * for APP14).
 *
 * @param width pixels per row
 * @param height rows
 * @param components 1 (gray), 3 or 4
 * @param transformed true when the components are YCbCr or YCCK, not RGB or CMYK
 * @param adobe true when the file has Adobe's marker: its CMYK is then stored inverted
 * @param profile the conversion of the four inks by the embedded colour profile, where it is usable
 */
record JpegHeader(
    int width,
    int height,
    int components,
    boolean transformed,
    boolean adobe,
    Optional<CmykConversion> profile) {
  private static final int APP0 = 0xFFE0;
  private static final int APP2 = 0xFFE2;
  private static final int APP14 = 0xFFEE;

  /**
   * Reads the header of {@code bytes}.
   *
   * @throws UnreadablePictureException for lossless, arithmetic, hierarchical and 12-bit JPEG, for
   *     other component counts, and where there is no frame
   */
  static JpegHeader read(byte[] bytes) throws UnreadablePictureException {
    List<JPEGSegment> segments;
    try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      segments = JPEGSegmentUtil.readSegments(in, JPEGSegmentUtil.ALL_SEGMENTS);
      return parse(segments);
    } catch (UnreadablePictureException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new UnreadablePictureException(
          "a JPEG whose header can't be read: truncated or damaged (" + e.getMessage() + ")", e);
    }
  }

  private static JpegHeader parse(List<JPEGSegment> segments) throws IOException {
    boolean jfif = false;
    int adobeTransform = -1;
    TreeMap<Integer, byte[]> profile = new TreeMap<>();
    @Nullable JPEGSegment frame = null;
    for (JPEGSegment segment : segments) {
      String identifier = segment.identifier() == null ? "" : segment.identifier();
      if (segment.marker() == APP0 && identifier.equals("JFIF")) {
        jfif = true;
      } else if (segment.marker() == APP14 && identifier.equals("Adobe")) {
        byte[] data = bytes(segment);
        adobeTransform = data.length < 6 ? 0 : data[5] & 0xFF;
      } else if (segment.marker() == APP2 && identifier.equals("ICC_PROFILE")) {
        byte[] data = bytes(segment);
        if (data.length > 2) {
          profile.put(data[0] & 0xFF, Arrays.copyOfRange(data, 2, data.length));
        }
      } else if (frame == null && isFrame(segment.marker())) {
        frame = segment;
      }
    }
    if (frame == null) {
      throw new UnreadablePictureException("a JPEG without a frame header: truncated or damaged");
    }
    requireBaselineOrProgressive(frame.marker());
    try (DataInputStream in = new DataInputStream(frame.data())) {
      int precision = in.readUnsignedByte();
      if (precision != 8) {
        throw new UnreadablePictureException(
            "a JPEG of " + precision + " bits per sample; allowed are 8");
      }
      int height = in.readUnsignedShort();
      int width = in.readUnsignedShort();
      int components = in.readUnsignedByte();
      if (components != 1 && components != 3 && components != 4) {
        throw new UnreadablePictureException(
            "a JPEG of " + components + " components; allowed are 1, 3 and 4");
      }
      byte[] ids = new byte[components];
      for (int i = 0; i < components; i++) {
        ids[i] = in.readByte();
        in.skipBytes(2);
      }
      return new JpegHeader(
          width,
          height,
          components,
          isTransformed(ids, jfif, adobeTransform),
          adobeTransform >= 0,
          components == 4 ? conversion(profile) : Optional.empty());
    }
  }

  /** SOF0 to SOF15 without DHT, JPG and DAC, which share the range. */
  private static boolean isFrame(int marker) {
    return marker >= 0xFFC0
        && marker <= 0xFFCF
        && marker != 0xFFC4
        && marker != 0xFFC8
        && marker != 0xFFCC;
  }

  private static void requireBaselineOrProgressive(int marker) throws UnreadablePictureException {
    if (marker <= 0xFFC2) {
      return;
    }
    String kind =
        switch (marker) {
          case 0xFFC3 -> "lossless";
          case 0xFFC9, 0xFFCA -> "arithmetic-coded";
          case 0xFFCB -> "lossless arithmetic-coded";
          default -> "hierarchical";
        };
    throw new UnreadablePictureException(
        String.format(
            Locale.ROOT,
            "a %s JPEG (SOF%d); allowed are baseline and progressive",
            kind,
            marker - 0xFFC0));
  }

  /** The rule of libjpeg's {@code default_decompress_parms}, which all common readers follow. */
  private static boolean isTransformed(byte[] ids, boolean jfif, int adobeTransform) {
    if (ids.length == 1) {
      return false;
    }
    if (ids.length == 4) {
      return adobeTransform > 0;
    }
    if (jfif) {
      return true;
    }
    if (adobeTransform >= 0) {
      return adobeTransform != 0;
    }
    return !(ids[0] == 'R' && ids[1] == 'G' && ids[2] == 'B');
  }

  private static Optional<CmykConversion> conversion(TreeMap<Integer, byte[]> chunks) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    chunks.values().forEach(whole::writeBytes);
    return chunks.isEmpty() ? Optional.empty() : CmykConversion.of(whole.toByteArray());
  }

  private static byte[] bytes(JPEGSegment segment) throws IOException {
    try (InputStream in = segment.data()) {
      return in.readAllBytes();
    }
  }
}
