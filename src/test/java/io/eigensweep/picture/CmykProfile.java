package io.eigensweep.picture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A made-up printer profile (ICC.1:2001-04, lut8 from CMYK to Lab with two grid points an axis):
 * any amount of black ink is black, no ink is paper, and C, M or Y alone are a gray, so that its
 * colours can't be mistaken for those of the plain conversion. The gray is L* = 50 by the
 * perceptual table and 75 by the colorimetric one, which the header asks for.
 */
final class CmykProfile {
  private CmykProfile() {}

  static byte[] bytes() {
    byte[] perceptual = lut(128);
    byte[] colorimetric = lut(191);
    int description = 128 + 4 + 5 * 12;
    byte[] text = description();
    int white = description + text.length;
    int copyright = white + 20;
    int lut = copyright + 16;
    ByteBuffer out = ByteBuffer.allocate(lut + 2 * perceptual.length);
    out.putInt(out.capacity()).putInt(0).putInt(0x02400000);
    out.put(ascii("prtrCMYKLab "));
    out.putShort((short) 2001).putShort((short) 1).putShort((short) 1).position(36);
    out.put(ascii("acsp")).position(64);
    out.putInt(1);
    out.putInt(0xF6D6).putInt(0x10000).putInt(0xD32D).position(128);
    out.putInt(5);
    out.put(ascii("desc")).putInt(description).putInt(text.length);
    out.put(ascii("wtpt")).putInt(white).putInt(20);
    out.put(ascii("cprt")).putInt(copyright).putInt(13);
    out.put(ascii("A2B0")).putInt(lut).putInt(perceptual.length);
    out.put(ascii("A2B1")).putInt(lut + perceptual.length).putInt(colorimetric.length);
    out.put(text);
    out.put(ascii("XYZ ")).putInt(0).putInt(0xF6D6).putInt(0x10000).putInt(0xD32D);
    out.put(ascii("text")).putInt(0).put(ascii("none\0\0\0\0"));
    return out.put(perceptual).put(colorimetric).array();
  }

  private static byte[] lut(int gray) {
    ByteBuffer out = ByteBuffer.allocate(48 + 4 * 256 + 16 * 3 + 3 * 256);
    out.put(ascii("mft1")).putInt(0).put((byte) 4).put((byte) 3).put((byte) 2).put((byte) 0);
    for (int i = 0; i < 9; i++) {
      out.putInt(i % 4 == 0 ? 0x10000 : 0);
    }
    ramps(out, 4);
    for (int node = 0; node < 16; node++) {
      boolean black = (node & 1) != 0; // the last ink runs fastest
      boolean colour = node > 1;
      out.put((byte) (black ? 0 : colour ? gray : 255)).put((byte) 128).put((byte) 128);
    }
    ramps(out, 3);
    return out.array();
  }

  private static void ramps(ByteBuffer out, int count) {
    for (int i = 0; i < 256 * count; i++) {
      out.put((byte) (i % 256));
    }
  }

  private static byte[] description() {
    return ByteBuffer.allocate(108)
        .put(ascii("desc"))
        .putInt(0)
        .putInt(5)
        .put(ascii("test\0"))
        .array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
