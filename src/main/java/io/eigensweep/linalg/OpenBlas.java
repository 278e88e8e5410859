package io.eigensweep.linalg;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import java.io.IOException;
import java.net.URL;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.openblas.global.openblas;
import org.jspecify.annotations.Nullable;

/**
 * OpenBLAS out of the jar: laid into a folder of this user's ({@link LibraryFolder}), then bound
 * twice to the same library file. netlib's binding works on Java heap arrays without a copy and
 * serves the matrix products; JavaCPP's binding works on off-heap memory and serves the
 * factorisations, which take too long for a JNI critical section.
 *
 * <p>JavaCPP finds each library ready under the name it wants, and so neither extracts nor locks
 * anything itself. It wants OpenBLAS twice, as {@code libopenblas} and as {@code
 * libopenblas_nolapack}; here both are names of one file, which the system loads once. Otherwise
 * JavaCPP's thread setting, which acts on the first library that the process can see, could leave
 * the products on as many threads as the machine has cores.
 *
 * <p>Everything is set in code, so that a plain {@code spark-submit} needs no environment: where
 * the library is, its kernels, and one thread.
 */
final class OpenBlas {
  static final String CACHE_PROPERTY = "org.bytedeco.javacpp.cachedir";

  /** What {@link #description} ends with where the kernels were given. */
  static final String PINNED = " pinned";

  private static final String LIBRARY = "libopenblas.so.0";
  private static final String LIBRARY_AGAIN = "libopenblas_nolapack.so.0";

  /**
   * JavaCPP's own, then what OpenBLAS needs, each before what needs it; not all on each platform.
   */
  private static final List<String> FILES =
      List.of(
          "javacpp/%s/libjnijavacpp.so",
          "openblas/%s/libgcc_s.so.1",
          "openblas/%s/libquadmath.so.0",
          "openblas/%s/libgfortran.so.5",
          "openblas/%s/" + LIBRARY,
          "openblas/%s/libjniopenblas_nolapack.so",
          "openblas/%s/libjniopenblas.so");

  private static final String KERNELS = "OPENBLAS_CORETYPE";
  private static final String CACHE_SIZE = "OPENBLAS_L2_SIZE";
  private static final String BLOCK_FACTOR = "OPENBLAS_BLOCK_FACTOR";

  /** The KiB that block sizes are computed for where kernels are pinned. */
  private static final String PINNED_CACHE = "512";

  /** What OpenBLAS calls its kernels for x86-64. */
  private static final List<String> NAMES =
      List.of(
          "Prescott",
          "Core2",
          "Nehalem",
          "Barcelona",
          "Sandybridge",
          "Bulldozer",
          "Piledriver",
          "Steamroller",
          "Excavator",
          "Haswell",
          "Zen",
          "SkylakeX",
          "Cooperlake",
          "SapphireRapids");

  private static final String NAME_ON_ARM = "armv8";

  private static final Object LOADING = new Object();
  private static @Nullable OpenBlas loaded;

  private final Kernels asked;
  private final @Nullable NativeBLAS library;
  private final String description;
  private final String problem;

  private OpenBlas(
      Kernels asked, @Nullable NativeBLAS library, String description, String problem) {
    this.asked = asked;
    this.library = library;
    this.description = description;
    this.problem = problem;
  }

  /**
   * The library with these kernels, or why there is none; loaded once per JVM.
   *
   * @throws UnfitMachineException when the processor can't run {@code kernels}, or this JVM has
   *     others already
   */
  static OpenBlas with(Kernels kernels) {
    synchronized (LOADING) {
      OpenBlas first = loaded;
      if (first == null) {
        kernels.requireRunnable(Processor.here());
        first = load(kernels);
        loaded = first;
      }
      if (first.asked != kernels) {
        throw new UnfitMachineException(
            kernels.asked() + ", but this process has OpenBLAS with " + first.asked.asked());
      }
      return first;
    }
  }

  boolean isAvailable() {
    return library != null;
  }

  /** Why it is not available, "" when it is. */
  String problem() {
    return problem;
  }

  BLAS library() {
    NativeBLAS found = library;
    if (found == null) {
      throw new IllegalStateException("OpenBLAS does not load: " + problem);
    }
    return found;
  }

  /** For example {@code openblas-0.3.31 Haswell}: the version and the kernels. */
  String description() {
    return description;
  }

  private static OpenBlas load(Kernels kernels) {
    try {
      NativeBLAS library = bind(kernels);
      return new OpenBlas(kernels, library, describe(kernels), "");
    } catch (UnfitMachineException e) {
      throw e;
    } catch (LinkageError | RuntimeException | IOException e) {
      String reason = e.getMessage();
      return new OpenBlas(kernels, null, "", reason == null ? e.toString() : reason);
    }
  }

  private static NativeBLAS bind(Kernels kernels) throws IOException {
    List<JarLibrary> libraries = libraries();
    Path folder =
        LibraryFolder.ready(
            LibraryFolder.candidates(System.getProperties(), System.getenv()), libraries);
    Path library = folder.resolve(LIBRARY);
    sameFile(folder.resolve(LIBRARY_AGAIN), library);
    System.setProperty(CACHE_PROPERTY, folder.toString());
    System.setProperty("org.bytedeco.javacpp.cachedir.nosubdir", "true");
    // Its own limit outside the heap is the size of the heap, which has nothing to do with it.
    System.getProperties().putIfAbsent("org.bytedeco.javacpp.maxBytes", "0");
    Loader.load(Pointer.class);
    Map<String, @Nullable String> settings = settings(kernels, System.getenv(KERNELS));
    if (!settings.isEmpty()) {
      Environ.change(settings);
    }
    for (JarLibrary needed : libraries.subList(1, libraries.size() - 2)) {
      Loader.loadGlobal(folder.resolve(needed.name()).toString());
    }
    requireKernels(kernels);
    Loader.load(openblas.class);
    System.setProperty("dev.ludovic.netlib.blas.nativeLibPath", library.toString());
    JavaBlas.quieten();
    NativeBLAS blas = NetlibBinding.load(folder);
    org.bytedeco.openblas.presets.openblas.blas_set_num_threads(1);
    int threads = org.bytedeco.openblas.presets.openblas.blas_get_num_threads();
    if (threads != 1) {
      throw new IllegalStateException(
          "OpenBLAS would use " + threads + " threads in a task of one");
    }
    return blas;
  }

  private static List<JarLibrary> libraries() throws IOException {
    List<JarLibrary> libraries = new ArrayList<>();
    ClassLoader jar = OpenBlas.class.getClassLoader();
    for (String file : FILES) {
      String name = "org/bytedeco/" + String.format(Locale.ROOT, file, Loader.getPlatform());
      URL resource = jar.getResource(name);
      if (resource != null) {
        libraries.add(JarLibrary.of(resource));
      } else if (file.endsWith(LIBRARY)) {
        throw new IOException("the jar has no " + LIBRARY + " for " + Loader.getPlatform());
      }
    }
    return libraries;
  }

  private static void sameFile(Path again, Path library) throws IOException {
    if (Files.exists(again) && Files.isSameFile(again, library)) {
      return;
    }
    Files.deleteIfExists(again);
    try {
      Files.createSymbolicLink(again, library.getFileName());
    } catch (FileAlreadyExistsException e) {
      if (!Files.isSameFile(again, library)) { // another process was as quick, or it is a trap
        throw e;
      }
    }
  }

  /** What OpenBLAS must find in the environment, or must not (null). */
  private static Map<String, @Nullable String> settings(Kernels kernels, @Nullable String wish) {
    Map<String, @Nullable String> settings = new HashMap<>();
    if (kernels != Kernels.OWN) {
      settings.put(KERNELS, kernels.name());
      settings.put(CACHE_SIZE, PINNED_CACHE);
      settings.put(BLOCK_FACTOR, null);
    } else if (wish != null && !Kernels.mayRun(wish, Processor.here())) {
      settings.put(KERNELS, null); // the first product would end the JVM
    }
    return settings;
  }

  private static void requireKernels(Kernels kernels) {
    String actual = kernelName();
    if (kernels != Kernels.OWN && !actual.equalsIgnoreCase(kernels.name())) {
      throw new UnfitMachineException(kernels.asked() + ", but OpenBLAS took " + actual);
    }
  }

  /**
   * The kernels that the library has chosen, as its own {@code openblas_get_corename} finds them:
   * it has a table of functions for each, and points to the one in use. The library for ARM has one
   * set and no such pointer.
   */
  private static String kernelName() {
    Pointer chosen = Loader.addressof("gotoblas");
    if (chosen == null) {
      return NAME_ON_ARM;
    }
    Pointer table = new PointerPointer<Pointer>(chosen).get(0);
    for (String name : NAMES) {
      Pointer candidate = Loader.addressof("gotoblas_" + name.toUpperCase(Locale.ROOT));
      if (candidate != null && candidate.address() == table.address()) {
        return name;
      }
    }
    return "unknown";
  }

  private static String describe(Kernels kernels) {
    StringBuilder text = new StringBuilder();
    text.append(openblas.OPENBLAS_VERSION.strip().replace("OpenBLAS ", "openblas-"))
        .append(' ')
        .append(kernelName());
    if (kernels != Kernels.OWN) {
      return text.append(PINNED).toString();
    }
    for (String variable : List.of(CACHE_SIZE, BLOCK_FACTOR)) {
      String value = System.getenv(variable);
      if (value != null) {
        text.append(' ').append(variable).append('=').append(value);
      }
    }
    return text.toString();
  }
}
