package io.eigensweep.ntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelMemoryTest {
  private static final long GIB = 1L << 30;

  private static NtkSettings settings(Method method, boolean dynamics, String... epochs) {
    List<Checkpoint> checkpoints = Arrays.stream(epochs).map(Checkpoint::parse).toList();
    return new NtkSettings(
        new SamplePoints(16384, Pattern.LATTICE),
        checkpoints,
        Outputs.MEAN,
        Precision.DOUBLE,
        method,
        60,
        Terms.GROUPS,
        dynamics);
  }

  /** A matrix of 16,384 rows is 2 GiB. */
  @Test
  void countsTheMatricesThatAreAliveTogether() {
    NtkSettings once = settings(Method.AUTO, true, "last");
    KernelMemory identity = KernelMemory.of(once, 16384, false, true, true);
    assertThat(identity.heapBytes()).isEqualTo(2 * GIB);
    assertThat(identity.nativeBytes()).isEqualTo(2 * GIB);

    NtkSettings thrice = settings(Method.AUTO, true, "init", "half", "last");
    KernelMemory grid = KernelMemory.of(thrice, 16384, true, true, true);
    assertThat(grid.heapBytes()).isEqualTo(10 * GIB);
    assertThat(grid.nativeBytes()).isEqualTo(6 * GIB);

    NtkSettings still = settings(Method.JACOBIAN, false, "half", "last");
    KernelMemory route = KernelMemory.of(still, 16384, true, false, true);
    assertThat(route.heapBytes()).isEqualTo(8 * GIB);
    assertThat(route.nativeBytes()).isBetween(4 * GIB, 5 * GIB);

    KernelMemory java = KernelMemory.of(once, 16384, true, true, false);
    assertThat(java.heapBytes()).isEqualTo(10 * GIB);
    assertThat(java.nativeBytes()).isZero();
  }

  @Test
  void saysWhatIsNeededWhatThereIsAndWhatToChange() {
    KernelMemory memory =
        KernelMemory.of(settings(Method.AUTO, true, "last"), 16384, true, true, true);
    assertThatCode(() -> memory.require(6 * GIB, 2 * GIB)).doesNotThrowAnyException();
    assertThatThrownBy(() -> memory.require(6 * GIB - 1, 2 * GIB))
        .isInstanceOf(OutOfMemoryError.class)
        .hasMessage(
            "a kernel of 16,384 rows needs 6,144 MiB of heap, 6,143 MiB are free: lower ntk.points,"
                + " set ntk.outputs to mean, or give executors more memory");
    assertThatThrownBy(() -> memory.require(6 * GIB, 2 * GIB - 1))
        .isInstanceOf(OutOfMemoryError.class)
        .hasMessageContaining("16,384 rows needs 2,048 MiB outside the heap")
        .hasMessageContaining("has 2,047 MiB beside it");
  }

  @Test
  void refusesMoreEntriesThanAnArrayHoldsWithoutOverflow() {
    NtkSettings settings = settings(Method.GRAM, false, "last");
    KernelMemory memory = KernelMemory.of(settings, 138_000, true, true, true);
    assertThat(memory.heapBytes()).isEqualTo(3L * 8 * 138_000 * 138_000);
    assertThatThrownBy(() -> memory.require(Long.MAX_VALUE, Long.MAX_VALUE))
        .isInstanceOf(OutOfMemoryError.class)
        .hasMessageContaining("138,000 rows has more entries than an array");
  }
}
