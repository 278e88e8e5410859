package io.eigensweep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TrainableNetworkTest {
  /** 2^22 × 1024 is 0 in 32 bits. */
  @Test
  void refusesABatchWhoseGradientsFitNoArray() {
    assertThat(TrainableNetwork.gridGradients(1 << 20, 1024)).isEqualTo(1 << 30);
    assertThatThrownBy(() -> TrainableNetwork.gridGradients(1 << 22, 1024))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "training.batch-size 4,194,304 with 1,024 grid features per sample makes"
                + " 4,294,967,296 gradients, at most 2,147,483,639 fit");
  }
}
