package io.eigensweep.signal;

import static io.eigensweep.signal.PictureKeys.COORDINATES;
import static io.eigensweep.signal.PictureKeys.HOLD_OUT;
import static io.eigensweep.signal.PictureKeys.SIZE;

import io.eigensweep.settings.Check;
import io.eigensweep.settings.Key;
import io.eigensweep.settings.TypeName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A folder in the ImageNet layout, {@code <root>/<wnid>/<file>}, on any Hadoop file system.
 *
 * @param root the folder's URI or path
 * @param synsets the first n classes by name, or all of them
 * @param classes these classes only, or null; the names, or one {@code @file} that lists them
 * @param imagesPerSynset the first n pictures of each class by name
 * @param size side of the centre square, resampled by area averaging; null keeps the picture
 * @param coordinates where in [0,1] a pixel lies
 * @param holdOut whether only a quarter of the pixels is trained on, see {@link PixelGrid#trained}
 */
@TypeName("imagenet")
public record ImagenetSource(
    @Key(meaning = "folder in the ImageNet layout", identity = false, column = "signal_root")
        String root,
    @Key(meaning = "how many classes are used, sorted by name", fallback = "all") Count synsets,
    @Key(
            meaning =
                "the classes that are used: a list of names, or [@FILE] with one name a line;"
                    + " synsets then counts among them",
            optional = true)
        @Nullable List<String> classes,
    @Key(meaning = "how many pictures of each class are used, sorted by name", fallback = "1")
        Count imagesPerSynset,
    @Key(meaning = SIZE, unit = "px", optional = true, column = "signal_size")
        @Nullable Integer size,
    @Key(meaning = COORDINATES, fallback = "centers") Coordinates coordinates,
    @Key(meaning = HOLD_OUT, fallback = "false", omitDefault = true, column = "hold_out")
        boolean holdOut)
    implements SignalSource {
  public ImagenetSource {
    if (classes != null) {
      classes = List.copyOf(classes);
    }
    if (size != null) {
      Check.between("size", size, 2, 16_384);
    }
  }
}
