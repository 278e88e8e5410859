package io.eigensweep.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.job.JobFile;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.linalg.LinalgSettings;
import io.eigensweep.ntk.KernelMemory;
import io.eigensweep.ntk.Pattern;
import io.eigensweep.picture.GeneratedKind;
import io.eigensweep.signal.Coordinates;
import io.eigensweep.signal.Signal;
import io.eigensweep.trial.Trial;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CostModelTest {
  private static final CostModel MODEL = CostModel.nominal();
  private static final String NO_KERNEL = "ntk: {epochs: []}\n";

  private static Trial trial(int size, String yaml) {
    Signal star = new Signal.GeneratedImage(GeneratedKind.STAR, size, 0, Coordinates.CENTERS);
    return Grid.expand(JobFile.read("name: cost\n" + yaml, "cost.yaml", List.of()), List.of(star))
        .trials()
        .get(0);
  }

  @Test
  void countsTheNecessaryOperationsOfAStep() {
    double identity = 3 * 256 + 257 * 256 + 257 * 3;
    double multigrid = 7 * 256 + 257 * 256 + 257 * 3;

    assertThat(CostModel.stepFlopsPerSample(Shape.of(trial(128, "encoding: {type: identity}\n"))))
        .isEqualTo(4 * identity + 2 * (identity - 2 * 256));
    assertThat(
            CostModel.stepFlopsPerSample(
                Shape.of(trial(128, "encoding: {type: multigrid, resolution: 200}\n"))))
        .isEqualTo(6 * multigrid);
  }

  @Test
  void agreesWithTheKnownSizeOfALargeTrial() {
    Cost cost =
        MODEL.of(
            trial(
                256,
                "encoding: {type: multigrid, resolution: 200}\nnetwork: {width: 512}\n"
                    + NO_KERNEL));

    assertThat((double) cost.flops()).isCloseTo(3.2e13, within(0.2e13));
    assertThat(cost.seconds()).isBetween(300.0, 600.0);
  }

  @Test
  void countsTheGridOnlyWhereTheEncodingLearns() {
    String fourier = "encoding: {type: fourier, levels: 1}\n" + NO_KERNEL;
    String multigrid = "encoding: {type: multigrid, resolution: 50}\n" + NO_KERNEL;

    assertThat(Shape.of(trial(64, fourier)).encoded())
        .isEqualTo(Shape.of(trial(64, multigrid)).encoded());
    assertThat(MODEL.of(trial(64, multigrid)).flops())
        .isGreaterThan(MODEL.of(trial(64, fourier)).flops());
    assertThat(MODEL.of(trial(64, multigrid)).seconds())
        .isGreaterThan(MODEL.of(trial(64, fourier)).seconds());
  }

  @ParameterizedTest
  @CsvSource({
    "training: {epochs: 300}, training: {epochs: 600}",
    "network: {width: 256}, network: {width: 512}",
    "network: {hidden-layers: 2}, network: {hidden-layers: 3}",
    "ntk: {points: 1024}, ntk: {points: 4096}",
    "ntk: {epochs: [init]}, 'ntk: {epochs: [init, last]}'",
    "ntk: {outputs: mean}, ntk: {outputs: full}",
    "training: {psnr-every: 10}, training: {psnr-every: 1}",
  })
  void costsMoreWhenThereIsMoreToDo(String less, String more) {
    String encoding = "encoding: {type: multigrid, resolution: 100}\n";
    Cost small = MODEL.of(trial(128, encoding + less + "\n"));
    Cost large = MODEL.of(trial(128, encoding + more + "\n"));

    assertThat(large.flops()).isGreaterThan(small.flops());
    assertThat(large.seconds()).isGreaterThan(small.seconds());
  }

  @Test
  void takesLongerWithTheJavaLibrary() {
    String yaml = "encoding: {type: identity}\nntk: {method: gram}\n";

    assertThat(MODEL.of(trial(64, yaml + "linalg: {blas: java}\n")).seconds())
        .isGreaterThan(2 * MODEL.of(trial(64, yaml)).seconds());
  }

  @Test
  void expectsTheJacobianRouteWhereKernelsAreSingularAndTheBudgetAllowsIt() {
    String identity = "encoding: {type: identity}\n";
    double gram = MODEL.of(trial(64, identity + "ntk: {method: gram}\n")).seconds();

    assertThat(MODEL.of(trial(64, identity)).seconds()).isGreaterThan(gram);
    assertThat(MODEL.of(trial(64, identity + "ntk: {jacobian-budget: 0.1}\n")).seconds())
        .isEqualTo(gram);
    assertThat(MODEL.of(trial(64, identity + "ntk: {method: jacobian}\n")).seconds())
        .isGreaterThan(gram);
  }

  @Test
  void needsMemoryForWhatIsHeldAtOnce() {
    String multigrid = "encoding: {type: multigrid, resolution: 400}\n";
    Memory without = Memory.of(trial(128, multigrid + NO_KERNEL));
    Memory with = Memory.of(trial(128, multigrid + "ntk: {points: 1024}\n"));
    Memory full = Memory.of(trial(128, multigrid + "ntk: {points: 1024, outputs: full}\n"));
    long rows = 1024;

    long grids = 2L * (401 * 401 + 201 * 201);
    assertThat(without.kernel()).isBetween(8 * grids, 10 * grids);
    assertThat(without.parameters()).isBetween(16 * grids, 20 * grids);
    assertThat(with.kernel() - without.kernel())
        .isBetween(9 * 8 * rows * rows, 12 * 8 * rows * rows);
    assertThat(full.kernel()).isGreaterThan(5 * 8 * 9 * rows * rows);
    assertThat(with.total() - without.total())
        .isEqualTo(with.kernel() + with.measured() - without.kernel());
  }

  @Test
  void countsWhatTheOptimizerRemembersAndWhatASaveHolds() {
    String grids = "encoding: {type: hashgrid, resolution: 4096, levels: 16}\n" + NO_KERNEL;
    Memory sgd = Memory.of(trial(64, grids));
    Memory momentum = Memory.of(trial(64, grids + adapted("momentum")));
    Memory adam = Memory.of(trial(64, grids + adapted("adam")));
    double trainable = Shape.of(trial(64, grids)).trainable();

    assertThat((double) momentum.parameters() - sgd.parameters())
        .isCloseTo(4 * trainable, within(2.0));
    assertThat((double) adam.parameters() - sgd.parameters()).isCloseTo(8 * trainable, within(2.0));
    assertThat((double) adam.save() - sgd.save()).isCloseTo(8 * trainable, within(2.0));
    assertThat((double) sgd.save()).isCloseTo(4 * (trainable + 64 * 64), within(2.0));
    assertThat(adam.total() - adam.parameters()).isGreaterThan(adam.save());

    Memory measured =
        Memory.of(trial(64, grids.replace(NO_KERNEL, "ntk: {points: 64, epochs: [init, last]}\n")));
    assertThat((double) measured.measured()).isCloseTo(2 * 4 * trainable, within(2.0));
    assertThat((double) measured.save() - sgd.save()).isCloseTo(2 * 4 * trainable, within(4.0));
  }

  private static String adapted(String optimizer) {
    return "training: {optimizer: " + optimizer + ", learning-rate: 0.01}\n";
  }

  /** A trial that the plan lets pass is not refused when its kernel is to be computed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ntk: {points: 1024}",
        "ntk: {points: 1024, dynamics: false}",
        "ntk: {points: 1024, epochs: [last], method: gram}",
        "ntk: {points: {count: 1000, pattern: random}}",
        "ntk: {points: 256, outputs: full}",
        "ntk: {points: 1024}\nlinalg: {blas: java}"
      })
  void needsAtLeastWhatAKernelAsksForBeforeItIsComputed(String ntk) {
    for (String encoding : List.of("identity", "multigrid, resolution: 16")) {
      Trial trial = trial(64, "encoding: {type: " + encoding + "}\n" + ntk + "\n");
      Shape shape = Shape.of(trial);
      KernelMemory asked =
          KernelMemory.of(
              trial.ntk(),
              (long) CostModel.kernelRows(trial, shape),
              encoding.startsWith("multigrid"),
              trial.ntk().points().pattern() == Pattern.LATTICE,
              trial.linalg().blas() != BlasChoice.JAVA);

      assertThat(Memory.of(trial).kernel())
          .isGreaterThanOrEqualTo(asked.heapBytes() + asked.nativeBytes());
    }
  }

  @Test
  void staysFiniteForTheLargestSettings() {
    Cost cost =
        MODEL.of(
            trial(
                16_384,
                """
                encoding: {type: multigrid, resolution: 65536, levels: 16, features: 64, growth: 1}
                network: {width: 65536, hidden-layers: 64}
                training: {epochs: 10000000, batch-size: 4194304, psnr-every: 1}
                ntk: {points: 46000, outputs: full}
                """));

    assertThat(cost.flops()).isEqualTo(Long.MAX_VALUE);
    assertThat(cost.seconds()).isPositive().isFinite();
    assertThat(cost.memoryBytes()).isGreaterThan(1L << 40);
  }

  @Test
  void readsTheShareOfTheMatrixRateOffTheMeasurements() {
    assertThat(Rates.NATIVE.share(128)).isEqualTo(0.82);
    assertThat(Rates.NATIVE.share(256)).isEqualTo(0.88);
    assertThat(Rates.NATIVE.share(512)).isEqualTo(0.92);
    assertThat(Rates.NATIVE.share(4096)).isEqualTo(0.88);
    assertThat(Rates.NATIVE.share(181)).isBetween(0.84, 0.86);
    for (int width = 1; width <= 2048; width++) {
      assertThat(Rates.NATIVE.share(width)).isPositive().isLessThan(1);
    }
  }

  @Test
  void followsTheRowsThatItIsFittedTo() {
    Trial identity = trial(64, "encoding: {type: identity}\nntk: {method: gram}\n");
    Trial fourier = trial(64, "encoding: {type: fourier, levels: 4}\n");
    double expected = MODEL.of(identity).seconds();
    CostModel fitted = MODEL.fittedTo(List.of(new Observation(identity, 30, 20, 60)));
    CostModel both =
        MODEL.fittedTo(
            List.of(new Observation(identity, 30, 20, 60), new Observation(fourier, 3, 2, 6)));

    assertThat(fitted.of(identity).seconds()).isCloseTo(60, within(1e-6));
    assertThat(fitted.of(fourier).seconds())
        .isCloseTo(60 / expected * MODEL.of(fourier).seconds(), within(10.0));
    assertThat(both.of(fourier).seconds()).isCloseTo(6, within(1e-6));
    assertThat(both.of(identity).seconds()).isCloseTo(60, within(1e-6));
    assertThat(MODEL.fittedTo(List.of()).of(identity)).isEqualTo(MODEL.of(identity));
  }

  @Test
  void measuresRatesOfThisMachine() {
    Rates rates = Calibration.measure(LinalgSettings.of(BlasChoice.AUTO));

    assertThat(rates.sgemm()).isGreaterThan(rates.dgemm());
    assertThat(rates.eigen()).isBetween(1e8, rates.sgemm());
    assertThat(rates.touch()).isBetween(1e6, 1e11);
  }

  @Test
  void refusesRatesThatAreNone() {
    assertThatThrownBy(() -> new Rates(1, 1, Double.NaN, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rates must be positive");
  }
}
