package io.eigensweep.ntk;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.encoding.Encoder;
import io.eigensweep.encoding.Encoding;
import io.eigensweep.encoding.Identity;
import io.eigensweep.encoding.Interpolation;
import io.eigensweep.encoding.Multigrid;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.RandomStream;
import io.eigensweep.network.ForwardPass;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameters;
import io.eigensweep.signal.Coordinates;
import io.eigensweep.signal.PixelGrid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/** Small networks on small point sets. */
final class Networks {
  private Networks() {}

  record Case(
      NetworkSettings network,
      Encoding encoding,
      Parameters parameters,
      KernelSample sample,
      Outputs outputs,
      Blas blas) {

    JacobianFactors factors() {
      return JacobianFactors.of(
          ForwardPass.of(network, parameters, sample.points(), blas), outputs, blas);
    }

    /** The whole, then every layer and level alone. */
    List<JacobianFactors> terms() {
      JacobianFactors all = factors();
      List<JacobianFactors> terms = new ArrayList<>(List.of(all));
      IntStream.range(0, all.layers().size())
          .forEach(layer -> terms.add(all.of(List.of(layer), List.of())));
      IntStream.range(0, all.levels().size())
          .forEach(level -> terms.add(all.of(List.of(), List.of(level))));
      return terms;
    }

    DMatrixRMaj kernel(JacobianFactors factors) {
      Kernel kernel = KernelBuilder.build(factors, blas);
      return kernel.total(blas);
    }

    List<Spectrum> spectra(NtkSettings settings) {
      KernelProbe probe =
          new KernelProbe(settings.resolved(0), network, encoding, KernelPoints.of(sample), blas);
      probe.measure(0, parameters);
      return probe.summary().spectra();
    }
  }

  static Case identity(NetworkSettings network, Outputs outputs, int n, long seed, Blas blas) {
    return of(network, new Identity(), random(n, seed), 0, 3, outputs, seed, blas);
  }

  static Case multigrid(NetworkSettings network, Outputs outputs, int n, long seed, Blas blas) {
    Multigrid encoding = new Multigrid(2, 2, 7, 2, 0.5, Interpolation.LINEAR);
    return of(network, encoding, random(n, seed), 0, 3, outputs, seed, blas);
  }

  /** The pixel centres of a k × k picture. */
  static Case lattice(
      NetworkSettings network, Encoding encoding, int k, int channels, long seed, Blas blas) {
    double[] x = PixelGrid.coordinates(k, k, Coordinates.CENTERS);
    return of(network, encoding, x, k, channels, Outputs.MEAN, seed, blas);
  }

  static Case of(
      NetworkSettings network,
      Encoding encoding,
      double[] x,
      int side,
      int channels,
      Outputs outputs,
      long seed,
      Blas blas) {
    EncodedPoints points = Encoder.encode(encoding, x, 2, seed);
    RandomStream random = RandomStream.of("test/targets", seed);
    float[] targets = new float[points.count() * channels];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = (float) random.nextDouble();
    }
    return new Case(
        network,
        encoding,
        Parameters.initial(network, encoding, 2, channels, seed),
        new KernelSample(points, 2, side, targets),
        outputs,
        blas);
  }

  private static double[] random(int n, long seed) {
    RandomStream random = RandomStream.of("test/points", seed);
    double[] x = new double[2 * n];
    Arrays.setAll(x, i -> random.nextDouble());
    return x;
  }
}
