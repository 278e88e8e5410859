package io.eigensweep.signal;

import static io.eigensweep.signal.PictureKeys.COORDINATES;
import static io.eigensweep.signal.PictureKeys.HOLD_OUT;
import static io.eigensweep.signal.PictureKeys.SIZE;

import io.eigensweep.metric.Loss;
import io.eigensweep.picture.GeneratedKind;
import io.eigensweep.settings.Key;
import io.eigensweep.settings.TypeName;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** One picture or surface, named so that a trial can load it anywhere. */
public sealed interface Signal extends Serializable
    permits Signal.ImagenetPicture, Signal.ImageFile, Signal.GeneratedImage, Signal.MeshFile {

  /** The signal's name within its kind: the file's path below the class, or kind and index. */
  String id();

  /** The class of the picture, null where signals have none. */
  @Nullable String label();

  /** d, the dimension of its coordinates. */
  default int dimensions() {
    return this instanceof PictureSignal ? 2 : 3;
  }

  /** C, the values at each point. */
  default int channels() {
    return this instanceof PictureSignal ? 3 : 1;
  }

  /**
   * A picture of an {@link ImagenetSource}.
   *
   * @param root the root, qualified by scheme so that any executor finds it
   * @param label the class: the name of the folder under the root
   * @param file the path below the class folder, exactly as on disk
   */
  @TypeName("imagenet")
  record ImagenetPicture(
      @Key(
              meaning = "folder in the ImageNet layout",
              identity = false,
              picture = true,
              column = "signal_root")
          String root,
      @Key(
              meaning = "class of the picture (ImageNet: wnid)",
              picture = true,
              column = "signal_class")
          String label,
      @Key(
              meaning = "path of the picture's file below its class or folder",
              picture = true,
              column = "signal_id")
          String file,
      @Key(meaning = SIZE, unit = "px", optional = true, column = "signal_size")
          @Nullable Integer size,
      @Key(meaning = COORDINATES) Coordinates coordinates,
      @Key(meaning = HOLD_OUT, fallback = "false", omitDefault = true, column = "hold_out")
          boolean holdOut)
      implements Signal, PictureSignal {
    /** A picture all of whose pixels are trained on. */
    public ImagenetPicture(
        String root, String label, String file, @Nullable Integer size, Coordinates coordinates) {
      this(root, label, file, size, coordinates, false);
    }

    @Override
    public String id() {
      return file;
    }
  }

  /**
   * A picture of an {@link ImageSource}.
   *
   * @param root the folder that holds the file, qualified by scheme
   * @param file the file's name, exactly as on disk
   */
  @TypeName("image")
  record ImageFile(
      @Key(
              meaning = "folder of the picture",
              identity = false,
              picture = true,
              column = "signal_root")
          String root,
      @Key(
              meaning = "path of the picture's file below its class or folder",
              picture = true,
              column = "signal_id")
          String file,
      @Key(meaning = SIZE, unit = "px", optional = true, column = "signal_size")
          @Nullable Integer size,
      @Key(meaning = COORDINATES) Coordinates coordinates,
      @Key(meaning = HOLD_OUT, fallback = "false", omitDefault = true, column = "hold_out")
          boolean holdOut)
      implements Signal, PictureSignal {
    /** A picture all of whose pixels are trained on. */
    public ImageFile(String root, String file, @Nullable Integer size, Coordinates coordinates) {
      this(root, file, size, coordinates, false);
    }

    @Override
    public String id() {
      return file;
    }

    @Override
    public @Nullable String label() {
      return null;
    }
  }

  /** A picture of a {@link GeneratedSource}, with the same fields. */
  @TypeName("generated")
  record GeneratedImage(
      @Key(meaning = "what is drawn", picture = true, column = "generated_kind") GeneratedKind kind,
      @Key(meaning = "side of the picture", unit = "px", column = "signal_size") Integer size,
      @Key(
              meaning = "which picture of the kind's series",
              picture = true,
              column = "generated_index")
          int index,
      @Key(meaning = COORDINATES) Coordinates coordinates,
      @Key(meaning = HOLD_OUT, fallback = "false", omitDefault = true, column = "hold_out")
          boolean holdOut)
      implements Signal, PictureSignal {
    /** A picture all of whose pixels are trained on. */
    public GeneratedImage(GeneratedKind kind, Integer size, int index, Coordinates coordinates) {
      this(kind, size, index, coordinates, false);
    }

    @Override
    public String id() {
      return io.eigensweep.settings.Names.of(kind) + "-" + index;
    }

    @Override
    public @Nullable String label() {
      return null;
    }
  }

  /**
   * A surface of a {@link MeshSource}.
   *
   * @param root the folder that holds the file, qualified by scheme
   * @param file the file's name, exactly as on disk
   * @param target what a network learns
   * @param loss how its output is compared with the target
   * @param sampling at which points
   */
  @TypeName("mesh")
  record MeshFile(
      @Key(meaning = "folder of the mesh", identity = false, picture = true, column = "signal_root")
          String root,
      @Key(meaning = "name of the mesh's file", picture = true, column = "signal_id") String file,
      @Key(meaning = "what a network learns of the surface", column = "surface_target")
          SurfaceTarget target,
      @Key(
              meaning = "loss on a surface; bce makes the network's output a logit",
              column = "surface_loss")
          Loss loss,
      @Key(meaning = "where a surface is learnt and judged") SurfaceSampling sampling)
      implements Signal {
    public MeshFile {
      target.check(loss);
    }

    @Override
    public String id() {
      return file;
    }

    @Override
    public @Nullable String label() {
      return null;
    }
  }
}
