package io.eigensweep.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eigensweep.linalg.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HashgridTest {
  private static double[] points(int count, int d) {
    RandomStream random = RandomStream.of("test", 3);
    double[] points = new double[count * d];
    Arrays.setAll(points, i -> random.nextDouble());
    return points;
  }

  private static Hashgrid hashgrid(int levels, int resolution, int tableSize) {
    return new Hashgrid(levels, 2, resolution, 2, tableSize, 0.01, Interpolation.LINEAR);
  }

  @Test
  void levelsThatFitAreThoseOfTheMultigrid() {
    Multigrid dense = new Multigrid(3, 2, 12, 2, 0.01, Interpolation.LINEAR);
    for (int d = 2; d <= 3; d++) {
      double[] points = points(50, d);
      EncodedPoints expected = Encoder.encode(dense, points, d, 0);
      EncodedPoints actual = Encoder.encode(hashgrid(3, 12, 13 * 13 * 13), points, d, 0);
      for (int level = 0; level < 3; level++) {
        Stencils stencils = actual.levels().get(level);
        assertThat(stencils.nodeCount()).isEqualTo(dense.nodes(level, d));
        assertThat(stencils.nodes()).isEqualTo(expected.levels().get(level).nodes());
        assertThat(stencils.weights()).isEqualTo(expected.levels().get(level).weights());
      }
    }
  }

  /** The published formula in exact integer arithmetic, reduced to 32 bits. */
  @Test
  void finerLevelsHashTheirNodes() {
    int size = 1009;
    NodeTable.Index index = new NodeTable(60_001, 3, size).index();
    RandomStream random = RandomStream.of("test", 8);
    for (int i = 0; i < 200; i++) {
      int[] node = new int[3];
      Arrays.setAll(node, axis -> (int) (60_001 * random.nextDouble()));
      long hash = (node[0] ^ node[1] * 2_654_435_761L ^ node[2] * 805_459_861L) & 0xffff_ffffL;
      assertThat(index.of(node)).isEqualTo((int) (hash % size));
    }
    assertThat(new NodeTable(60_001, 3, size).index().of(new int[] {17, 0, 0})).isEqualTo(17);
  }

  @Test
  void neighboursThatCollideReadOneEntryWithBothWeights() {
    Stencils stencils = Encoder.encode(hashgrid(1, 40, 5), points(30, 3), 3, 0).levels().get(0);
    assertThat(stencils.nodeCount()).isEqualTo(5);
    assertThat(stencils.perPoint()).isEqualTo(8);
    assertThat(Arrays.stream(stencils.nodes()).min().orElseThrow()).isZero();
    assertThat(Arrays.stream(stencils.nodes()).max().orElseThrow()).isEqualTo(4);
    for (int i = 0; i < 30; i++) {
      double sum = 0;
      for (int corner = 0; corner < 8; corner++) {
        sum += stencils.weights()[8 * i + corner];
      }
      assertThat(sum).isBetween(1 - 1e-14, 1 + 1e-14);
    }
  }

  @Test
  void countsAtMostTEntriesOfALevel() {
    Hashgrid grid = hashgrid(3, 400, 1000);
    assertThat(grid.table(0, 2)).isEqualTo(new NodeTable(101, 2, 1000));
    assertThat(grid.parameterCount(2)).isEqualTo(2 * 3000);
    assertThat(hashgrid(3, 16, 1000).parameterCount(3)).isEqualTo(2 * (125 + 729 + 1000));
    assertThat(grid.encodedDimension(3)).isEqualTo(3 + 6);
    assertThat(hashgrid(1, 65_536, 1 << 19).parameterCount(3)).isEqualTo(1 << 20);
  }

  @Test
  void refusesWhatNoTableHolds() {
    assertThatThrownBy(() -> hashgrid(1, 4, 0))
        .hasMessage("table-size must be between 1 and 268435456, got 0");
    Multigrid dense = new Multigrid(1, 1, 2000, 2, 0.01, Interpolation.LINEAR);
    assertThatThrownBy(() -> Encoder.encode(dense, points(1, 3), 3, 0))
        .hasMessage(
            "a grid level of 2001 nodes per axis in 3 dimensions has 8012006001 entries; at most 2147483647"
                + " are possible: lower encoding.resolution or use a hashgrid");
  }
}
