package io.eigensweep.ntk;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.linalg.Blas;
import io.eigensweep.network.ForwardPass;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** The spectra of every term of a kernel on some points, and what theory says of them. */
final class SampleSpectra {
  private final NtkSettings settings;
  private final NtkSettings ofParts;
  private final NetworkSettings network;
  private final Encoding encoding;
  private final KernelSample sample;
  private final SpectrumBuilder.Where where;
  private final List<Combination> combinations;
  private final Blas blas;
  private final Blas arithmetic;
  private final Runnable betweenStages;
  private double @Nullable [] overlaps;
  private @Nullable DMatrixRMaj initialKernel;

  /**
   * A kernel's spectra.
   *
   * @param spectra of every term
   * @param kernel the total
   * @param pass the network at the points
   */
  record Measured(List<Spectrum> spectra, DMatrixRMaj kernel, ForwardPass pass) {}

  /**
   * Those on {@code sample}, which is a {@code scope} at {@code place}.
   *
   * @param settings of {@code total}
   * @param ofParts of its terms
   */
  SampleSpectra(
      NtkSettings settings,
      NtkSettings ofParts,
      NetworkSettings network,
      Encoding encoding,
      KernelSample sample,
      Scope scope,
      @Nullable String place,
      Blas blas,
      Runnable betweenStages) {
    this.settings = settings;
    this.ofParts = ofParts;
    this.network = network;
    this.encoding = encoding;
    this.sample = sample;
    this.where = new SpectrumBuilder.Where(scope, sample.points().count(), place);
    this.combinations = Combinations.of(sample.points(), sample.dimensions(), sample.side());
    this.blas = blas;
    this.arithmetic = settings.precision() == Precision.FLOAT ? blas.inSingle() : blas;
    this.betweenStages = betweenStages;
  }

  /** Computes every term of the kernel of {@code parameters}, its spectrum and its theory. */
  Measured measure(int epoch, Parameters parameters) {
    ForwardPass pass = ForwardPass.of(network, parameters, sample.points(), arithmetic);
    RankLimit ranks = new RankLimit(pass, network.activation(), encoding, sample.dimensions());
    EvaluationError evaluation =
        EvaluationError.of(pass, network.activation(), arithmetic.epsilon(), blas);
    JacobianFactors factors = JacobianFactors.of(pass, settings.outputs(), arithmetic);
    SpectrumBuilder ofWhole =
        new SpectrumBuilder(settings, where, combinations, ranks, evaluation, arithmetic);
    SpectrumBuilder builder =
        new SpectrumBuilder(ofParts, where, combinations, ranks, evaluation, arithmetic);
    Kernel kernel = KernelBuilder.build(factors, arithmetic);
    DMatrixRMaj total = kernel.total(arithmetic);
    betweenStages.run();
    List<Spectrum> spectra = new ArrayList<>();
    Double alignment = Alignment.of(total, sample.targets());
    Double drift = drift(epoch, total);
    Spectrum whole = ofWhole.of(epoch, "total", factors, total);
    betweenStages.run();
    KernelFacts known = whole.facts().withTraining(alignment, drift);
    if (kernel.grid() == null) {
      spectra.add(whole.with(known));
    } else {
      Spectrum mlp =
          builder.of(epoch, "mlp", factors.of(allLayers(factors), List.of()), kernel.mlp());
      betweenStages.run();
      Spectrum grid =
          builder.of(epoch, "grid", factors.of(List.of(), allLevels(factors)), kernel.grid());
      betweenStages.run();
      double[] smallest = overlaps();
      RoundingError error = RoundingError.of(factors, evaluation, arithmetic);
      double schur = mlp.lambdaMinLower() + SchurBound.grid(factors, smallest, error, blas);
      spectra.add(whole.with(known.withBounds(WeylSlack.of(whole, mlp, grid), schur)));
      spectra.add(
          mlp.with(mlp.facts().withTraining(Alignment.of(kernel.mlp(), sample.targets()), null)));
      spectra.add(
          grid.with(
              grid.facts()
                  .withTraining(Alignment.of(kernel.grid(), sample.targets()), null)
                  .withOverlaps(smallest)));
    }
    if (settings.terms() == Terms.LAYERS) {
      measureLayers(epoch, factors, builder, spectra);
    }
    return new Measured(spectra, total, pass);
  }

  private void measureLayers(
      int epoch, JacobianFactors factors, SpectrumBuilder builder, List<Spectrum> spectra) {
    for (int layer : allLayers(factors)) {
      JacobianFactors one = factors.of(List.of(layer), List.of());
      spectra.add(builder.of(epoch, "mlp." + layer, one, new KernelBuilder(one, arithmetic).mlp()));
      betweenStages.run();
    }
    for (int level : allLevels(factors)) {
      JacobianFactors one = factors.of(List.of(), List.of(level));
      spectra.add(
          builder.of(epoch, "grid." + level, one, new KernelBuilder(one, arithmetic).grid()));
      betweenStages.run();
    }
  }

  private static List<Integer> allLayers(JacobianFactors factors) {
    return IntStream.range(0, factors.layers().size()).boxed().toList();
  }

  private static List<Integer> allLevels(JacobianFactors factors) {
    return IntStream.range(0, factors.levels().size()).boxed().toList();
  }

  /** Lower bounds of λ_min(w wᵀ) of every level; they depend on the points alone. */
  private double[] overlaps() {
    if (overlaps == null) {
      overlaps =
          sample.points().levels().stream()
              .mapToDouble(level -> SchurBound.overlap(level, sample.side(), blas))
              .toArray();
    }
    return overlaps;
  }

  private @Nullable Double drift(int epoch, DMatrixRMaj total) {
    if (epoch == 0) {
      initialKernel = settings.epochs().size() > 1 ? total : null; // else nothing asks for it
      return null;
    }
    return initialKernel == null ? null : relativeDistance(total, initialKernel);
  }

  private static double relativeDistance(DMatrixRMaj a, DMatrixRMaj b) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < a.getNumElements(); i++) {
      double d = a.data[i] - b.data[i];
      difference += d * d;
      norm += b.data[i] * b.data[i];
    }
    return Math.sqrt(difference / norm);
  }
}
