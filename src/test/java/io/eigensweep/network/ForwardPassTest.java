package io.eigensweep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.BlasChoice;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ForwardPassTest {
  static List<Golden> goldens() {
    return Golden.all();
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void matchesPyTorchOutputs(Golden golden) {
    for (BlasChoice choice : BlasChoice.values()) {
      ForwardPass pass =
          ForwardPass.of(golden.network(), golden.parameters(), golden.points(), Blas.of(choice));
      assertThat(pass.outputs().data).containsExactly(golden.flat("outputs"), within(1e-12));
    }
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void referenceMatchesPyTorchOutputs(Golden golden) {
    ReferenceNetwork reference = new ReferenceNetwork(golden.network(), golden.points());
    double[] expected = golden.flat("outputs");
    int channels = golden.channels();
    for (int i = 0; i < golden.points().count(); i++) {
      double[] output = reference.output(golden.parameters(), i);
      for (int c = 0; c < channels; c++) {
        assertThat(output[c]).isCloseTo(expected[i * channels + c], within(1e-12));
      }
    }
  }
}
