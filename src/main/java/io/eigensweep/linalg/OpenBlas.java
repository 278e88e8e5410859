package io.eigensweep.linalg;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas;
import org.jspecify.annotations.Nullable;

/**
 * OpenBLAS out of the jar: extracted once per machine by JavaCPP, then bound twice to the same
 * library file. netlib's binding works on Java heap arrays without a copy and serves the matrix
 * products; JavaCPP's binding works on off-heap memory and serves the factorisations, which take
 * too long for a JNI critical section.
 *
 * <p>The jar holds two complete libraries, {@code libopenblas} and {@code libopenblas_nolapack},
 * and JavaCPP loads both. The one that everything here uses is loaded first and globally: JavaCPP's
 * thread setting acts on the first library that the process can see, and set on the other one it
 * would leave the products on as many threads as the machine has cores.
 *
 * <p>Everything is set in code, so that a plain {@code spark-submit} needs no environment: the path
 * of the library, a cache folder where the home folder can't be written (containers), and one
 * thread.
 */
final class OpenBlas {
  private static final String NETLIB_PATH = "dev.ludovic.netlib.blas.nativeLibPath";
  private static final String JAVACPP_CACHE = "org.bytedeco.javacpp.cachedir";
  private static final String JAVACPP_LIMIT = "org.bytedeco.javacpp.maxBytes";

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
    if (System.getProperty(JAVACPP_LIMIT) == null) {
      // Its own limit outside the heap is the size of the heap, which has nothing to do with it.
      System.setProperty(JAVACPP_LIMIT, "0");
    }
    File library = extracted("libopenblas.so.0");
    Loader.loadGlobal(library.getPath());
    Loader.load(openblas.class);
    System.setProperty(NETLIB_PATH, library.getPath());
    JavaBlas.quieten();
    NativeBLAS blas = NativeBLAS.getInstance();
    org.bytedeco.openblas.presets.openblas.blas_set_num_threads(1);
    int threads = org.bytedeco.openblas.presets.openblas.blas_get_num_threads();
    if (threads != 1) {
      throw new IllegalStateException(
          "OpenBLAS would use " + threads + " threads in a task of one");
    }
    return blas;
  }

  /** The library out of the jar, with the libraries that it needs beside it. */
  private static File extracted(String name) {
    Loader.load(Pointer.class);
    try {
      for (String needed : new String[] {"libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5"}) {
        // JavaCPP's look-up, which goes up through the packages; the class's own would find
        // nothing.
        URL resource = Loader.findResource(openblas.class, Loader.getPlatform() + "/" + needed);
        if (resource != null) { // not every platform needs each
          Loader.cacheResource(resource);
        }
      }
      File file = Loader.cacheResource(openblas.class, Loader.getPlatform() + "/" + name);
      if (file == null || !file.isFile()) {
        throw new IllegalStateException("the jar has no " + name + " for " + Loader.getPlatform());
      }
      return file;
    } catch (IOException e) {
      throw new IllegalStateException("can't extract " + name, e);
    }
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
