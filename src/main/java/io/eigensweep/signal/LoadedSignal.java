package io.eigensweep.signal;

/**
 * A picture ready for training, with what its row says of the source.
 *
 * @param image the picture after cropping and resampling
 * @param sha256 SHA-256 of the file's bytes, or of the generated values, lower-case hex
 * @param sourceWidth width of the stored picture in pixels, before cropping
 * @param sourceHeight height of the stored picture in pixels, before cropping
 * @param meanRed mean of the stored picture's red channel, 0–255
 * @param meanGreen the same of green
 * @param meanBlue the same of blue
 */
public record LoadedSignal(
    Image image,
    String sha256,
    int sourceWidth,
    int sourceHeight,
    double meanRed,
    double meanGreen,
    double meanBlue) {}
