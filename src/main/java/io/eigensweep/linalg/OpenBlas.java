package io.eigensweep.linalg;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.jspecify.annotations.Nullable;

/**
 * OpenBLAS out of the jar: extracted once per machine by JavaCPP, then bound twice to the same
 * library file. netlib's binding works on Java heap arrays without a copy and serves the matrix
 * products; JavaCPP's binding works on off-heap memory and serves the factorisations, which take
 * too long for a JNI critical section.
 *
 * <p>Everything is set in code, so that a plain {@code spark-submit} needs no environment: the path
 * of the library, a cache folder where the home folder can't be written (containers), and one
 * thread.
 */
final class OpenBlas {
  private static final String NETLIB_PATH = "dev.ludovic.netlib.blas.nativeLibPath";
  private static final String JAVACPP_CACHE = "org.bytedeco.javacpp.cachedir";

  /** The library, or why there is none; loaded once per JVM. */
  private static final class Loaded {
    static final @Nullable NativeBLAS LIBRARY;
    static final String DESCRIPTION;
    static final String PROBLEM;

    static {
      NativeBLAS library = null;
      String description = "";
      String problem = "";
      try {
        library = load();
        description = describe();
      } catch (LinkageError | RuntimeException e) {
        library = null;
        problem = e.toString();
      }
      LIBRARY = library;
      DESCRIPTION = description;
      PROBLEM = problem;
    }
  }

  private OpenBlas() {}

  static boolean isAvailable() {
    return Loaded.LIBRARY != null;
  }

  static String unavailableReason() {
    return Loaded.PROBLEM;
  }

  static BLAS library() {
    NativeBLAS library = Loaded.LIBRARY;
    if (library == null) {
      throw new IllegalStateException("OpenBLAS does not load: " + Loaded.PROBLEM);
    }
    return library;
  }

  /** For example {@code openblas-0.3.31}. */
  static String description() {
    return Loaded.DESCRIPTION;
  }

  private static NativeBLAS load() {
    if (System.getProperty(JAVACPP_CACHE) == null && !homeIsWritable()) {
      System.setProperty(
          JAVACPP_CACHE,
          Path.of(
                  System.getProperty("java.io.tmpdir"),
                  "javacpp-" + System.getProperty("user.name"))
              .toString());
    }
    String binding = Loader.load(openblas.class);
    File library = new File(new File(binding).getParentFile(), "libopenblas.so.0");
    if (!library.isFile()) {
      throw new IllegalStateException("no libopenblas.so.0 beside " + binding);
    }
    System.setProperty(NETLIB_PATH, library.getPath());
    JavaBlas.quieten();
    NativeBLAS blas = NativeBLAS.getInstance();
    org.bytedeco.openblas.presets.openblas.blas_set_num_threads(1);
    return blas;
  }

  private static boolean homeIsWritable() {
    return Files.isWritable(Path.of(System.getProperty("user.home", "/nonexistent")));
  }

  /** The version, and the kernel where the environment forces one; else the processor decides. */
  private static String describe() {
    String version = openblas.OPENBLAS_VERSION.strip().replace("OpenBLAS ", "openblas-");
    String forced = System.getenv("OPENBLAS_CORETYPE");
    return forced == null ? version : version + " coretype=" + forced;
  }
}
