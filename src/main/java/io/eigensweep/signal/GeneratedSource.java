package io.eigensweep.signal;

import static io.eigensweep.signal.PictureKeys.COORDINATES;
import static io.eigensweep.signal.PictureKeys.HOLD_OUT;

import io.eigensweep.picture.GeneratedKind;
import io.eigensweep.settings.Check;
import io.eigensweep.settings.Key;
import io.eigensweep.settings.TypeName;

/**
 * One generated picture.
 *
 * @param kind what is drawn
 * @param size side in pixels
 * @param index which one of the kind's endless series; it seeds the picture
 * @param coordinates where in [0,1] a pixel lies
 * @param holdOut whether only a quarter of the pixels is trained on, see {@link PixelGrid#trained}
 */
@TypeName("generated")
public record GeneratedSource(
    @Key(meaning = "what is drawn", fallback = "dead-leaves") GeneratedKind kind,
    @Key(meaning = "side of the picture", unit = "px", fallback = "128", column = "signal_size")
        int size,
    @Key(meaning = "which picture of the kind's series; it seeds the drawing", fallback = "0")
        int index,
    @Key(meaning = COORDINATES, fallback = "centers") Coordinates coordinates,
    @Key(meaning = HOLD_OUT, fallback = "false", omitDefault = true, column = "hold_out")
        boolean holdOut)
    implements SignalSource {
  public GeneratedSource {
    Check.between("size", size, 2, 16_384);
    Check.between("index", index, 0, Integer.MAX_VALUE);
  }
}
