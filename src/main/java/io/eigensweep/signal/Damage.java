package io.eigensweep.signal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/**
 * Collects a decoder's warnings of missing pixel data: codecs fill the rest of a truncated picture
 * with gray and only warn. Other warnings (stray bytes, damaged profiles) leave the pixels whole.
 */
final class Damage implements IIOReadWarningListener {
  private final List<String> truncations = new ArrayList<>();

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    String lower = warning.toLowerCase(Locale.ROOT);
    if (lower.contains("premature end") || lower.contains("truncated")) {
      truncations.add(warning);
    }
  }

  /**
   * Refuses the picture if pixels were missing.
   *
   * @throws UnreadablePictureException naming the first warning
   */
  void check() throws UnreadablePictureException {
    if (!truncations.isEmpty()) {
      throw new UnreadablePictureException(
          "the picture is truncated or damaged: " + truncations.get(0));
    }
  }
}
