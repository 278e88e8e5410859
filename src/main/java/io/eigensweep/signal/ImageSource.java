package io.eigensweep.signal;

import static io.eigensweep.signal.PictureKeys.COORDINATES;
import static io.eigensweep.signal.PictureKeys.HOLD_OUT;
import static io.eigensweep.signal.PictureKeys.SIZE;

import io.eigensweep.settings.Check;
import io.eigensweep.settings.Key;
import io.eigensweep.settings.TypeName;
import org.jspecify.annotations.Nullable;

/**
 * One picture file, or every picture in a folder (not below it), on any Hadoop file system.
 *
 * @param path the file or folder
 * @param size side of the centre square, resampled by area averaging; null keeps the picture
 * @param coordinates where in [0,1] a pixel lies
 * @param holdOut whether only a quarter of the pixels is trained on, see {@link PixelGrid#trained}
 */
@TypeName("image")
public record ImageSource(
    @Key(meaning = "a picture, or a folder of pictures", identity = false) String path,
    @Key(meaning = SIZE, unit = "px", optional = true, column = "signal_size")
        @Nullable Integer size,
    @Key(meaning = COORDINATES, fallback = "centers") Coordinates coordinates,
    @Key(meaning = HOLD_OUT, fallback = "false", omitDefault = true, column = "hold_out")
        boolean holdOut)
    implements SignalSource {
  public ImageSource {
    if (size != null) {
      Check.between("size", size, 2, 16_384);
    }
  }
}
