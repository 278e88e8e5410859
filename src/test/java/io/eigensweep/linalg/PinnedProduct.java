package io.eigensweep.linalg;

import io.eigensweep.settings.Names;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;

/**
 * A program for a JVM of its own: loads the library with the kernels of its argument and prints
 * what it is, a hash of the bits of products and eigenvalues, and how many files named libopenblas
 * the process has mapped.
 */
public final class PinnedProduct {
  private PinnedProduct() {}

  public static void main(String[] args) throws IOException {
    Kernels kernels = Names.constant(Kernels.class, args[0]).orElseThrow();
    Blas blas;
    try {
      blas = Blas.of(new LinalgSettings(BlasChoice.AUTO, kernels));
    } catch (UnfitMachineException e) {
      System.out.println("unfit " + e.getMessage());
      return;
    }
    System.out.println("name " + blas.name());
    System.out.println("problem " + blas.problem());
    System.out.println("bits " + bits(blas));
    System.out.println("libraries " + libraries());
    if (args.length > 1) {
      Kernels others = Names.constant(Kernels.class, args[1]).orElseThrow();
      try {
        System.out.println("then " + Blas.of(new LinalgSettings(BlasChoice.AUTO, others)).name());
      } catch (UnfitMachineException e) {
        System.out.println("then unfit " + e.getMessage());
      }
    }
  }

  private static String bits(Blas blas) {
    RandomStream random = RandomStream.of("pinned", 0);
    int n = 293;
    double[] a = new double[n * n];
    Arrays.setAll(a, i -> random.nextGaussian());
    float[] single = new float[n * n];
    for (int i = 0; i < single.length; i++) {
      single[i] = (float) a[i];
    }
    float[] product = new float[n * n];
    blas.sgemm(false, true, n, n, n, 1, single, 0, n, single, 0, n, 0, product, 0, n);
    DMatrixRMaj gram = new DMatrixRMaj(n, n);
    blas.dgemm(false, true, n, n, n, 1, a, 0, n, a, 0, n, 0, gram.data, 0, n);
    double[] eigenvalues = SymmetricEigenvalues.of(gram, blas);
    return String.format(
        Locale.ROOT,
        "%08x %08x %08x",
        Arrays.hashCode(product),
        Arrays.hashCode(gram.data),
        Arrays.hashCode(eigenvalues));
  }

  /** Distinct files by device and inode. */
  private static long libraries() throws IOException {
    Path maps = Path.of("/proc/self/maps");
    try (Stream<String> lines = Files.lines(maps, StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> line.contains("libopenblas"))
          .map(line -> List.of(line.split("\\s+", -1)).subList(3, 5))
          .distinct()
          .count();
    }
  }
}
