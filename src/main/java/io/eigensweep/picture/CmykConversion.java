package io.eigensweep.picture;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The conversion of inks to sRGB by the colour profile that is embedded in a picture. Only that
 * profile counts: a reader that looks for a default one on the machine gives other pixels
 * elsewhere.
 *
 * <p>The rendering intent is perceptual, which keeps black black and is what image editors show.
 * The JDK renders every printer's profile colorimetrically and every monitor's perceptually,
 * whatever the header asks for, so the profile is given to it as a monitor's.
 */
final class CmykConversion {
  private static final int DEVICE_CLASS = ICC_Profile.icHdrDeviceClass;

  private final ColorConvertOp conversion;

  private CmykConversion(ICC_Profile profile) {
    this.conversion =
        new ColorConvertOp(
            new ICC_Profile[] {profile, ICC_Profile.getInstance(ColorSpace.CS_sRGB)}, null);
  }

  /** The conversion by {@code profile}; empty when it is damaged or not of four inks. */
  static Optional<CmykConversion> of(byte[] profile) {
    try {
      ICC_Profile parsed = ICC_Profile.getInstance(asMonitor(profile));
      if (parsed.getColorSpaceType() != ColorSpace.TYPE_CMYK) {
        return Optional.empty();
      }
      CmykConversion conversion = new CmykConversion(parsed);
      conversion.toRgb(new byte[4]); // a profile may parse and still not link
      return Optional.of(conversion);
    } catch (IllegalArgumentException | CMMException e) {
      return Optional.empty(); // as good as none: the plain conversion is used
    }
  }

  private static byte[] asMonitor(byte[] profile) {
    byte[] header = profile.clone();
    if (header.length >= DEVICE_CLASS + Integer.BYTES) {
      ByteBuffer.wrap(header).putInt(DEVICE_CLASS, ICC_Profile.icSigDisplayClass);
    }
    return header;
  }

  /**
   * The colours of a row of pixels.
   *
   * @param inks C, M, Y, K of each pixel, 255 is full ink
   * @return R, G, B of each pixel, 0–255
   */
  int[] toRgb(byte[] inks) {
    int width = inks.length / 4;
    WritableRaster source = Raster.createInterleavedRaster(0, width, 1, 4, null);
    source.setDataElements(0, 0, width, 1, inks);
    WritableRaster target = Raster.createInterleavedRaster(0, width, 1, 3, null);
    conversion.filter(source, target);
    return target.getPixels(0, 0, width, 1, new int[3 * width]);
  }
}
