package io.eigensweep.picture;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/**
 * Collects a decoder's warnings that pixels are missing or wrong: codecs fill the rest of a
 * truncated picture with gray, and go on after codes that can't be, and only warn. What libjpeg
 * calls corrupt data is damage, bytes that were left over where a scan ends too: the scan was
 * decoded out of step. Stray bytes between the segments before the first scan ({@link
 * #strayBefore}) leave the pixels whole, as damaged profiles and unknown versions do.
 */
final class Damage implements IIOReadWarningListener {
  private static final Pattern STRAY =
      Pattern.compile("extraneous bytes before marker 0x([0-9a-f]{2})");

  private final List<String> found = new ArrayList<>();
  private final Set<Integer> strayBefore;

  /** For formats without markers. */
  Damage() {
    this(Set.of());
  }

  /**
   * @param strayBefore the markers before which stray bytes do no harm
   */
  Damage(Set<Integer> strayBefore) {
    this.strayBefore = new HashSet<>(strayBefore);
  }

  /**
   * The markers of a JPEG's header that do not follow the segment before them at once: decoders
   * skip what lies between.
   */
  static Set<Integer> strayBefore(byte[] jpeg) {
    Set<Integer> markers = new HashSet<>();
    int at = 2;
    while (true) {
      int start = at;
      while (at + 1 < jpeg.length
          && ((jpeg[at] & 255) != 0xFF || jpeg[at + 1] == 0 || (jpeg[at + 1] & 255) == 0xFF)) {
        at++;
      }
      if (at + 3 >= jpeg.length) {
        return markers;
      }
      int marker = jpeg[at + 1] & 255;
      if (at > start) {
        markers.add(marker);
      }
      if (marker == 0xDA) {
        return markers;
      }
      boolean isAlone = marker == 1 || (marker >= 0xD0 && marker <= 0xD9);
      at += isAlone ? 2 : 2 + (((jpeg[at + 2] & 255) << 8) | (jpeg[at + 3] & 255));
    }
  }

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    warning(warning);
  }

  /** Takes one warning. */
  void warning(String warning) {
    String lower = warning.toLowerCase(Locale.ROOT);
    Matcher stray = STRAY.matcher(lower);
    if (stray.find() && strayBefore.remove(Integer.parseInt(stray.group(1), 16))) {
      return;
    }
    if (lower.contains("corrupt jpeg data")
        || lower.contains("progression sequence")
        || lower.contains("premature end")
        || lower.contains("truncated")) {
      found.add(warning);
    }
  }

  /**
   * Refuses the picture if pixels were missing or wrong.
   *
   * @throws UnreadablePictureException naming the first warning
   */
  void check() throws UnreadablePictureException {
    if (!found.isEmpty()) {
      throw new UnreadablePictureException("the picture is truncated or damaged: " + found.get(0));
    }
  }
}
