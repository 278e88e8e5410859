package io.eigensweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.eigensweep.trial.TrialId;
import io.eigensweep.trial.TrialSaves;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A state that can't be kept costs nothing but time. */
class BestEffortSavesTest {
  private static final TrialId ID = new TrialId("abcdefghijklmnop");

  private final List<byte[]> kept = new ArrayList<>();
  private final TrialSaves saves =
      new BestEffortSaves(
          new TrialSaves() {
            @Override
            public Optional<byte[]> read(TrialId id) {
              return Optional.empty();
            }

            @Override
            public void write(TrialId id, State state) throws IOException {
              kept.add(state.bytes());
            }
          },
          new StorageBackoff(Duration.ZERO));

  @Test
  void keepsWhatFits() throws IOException {
    saves.write(ID, () -> new byte[] {1, 2});
    assertThat(kept).containsExactly(new byte[] {1, 2});
  }

  @Test
  void letsATrialGoOnWhoseStateIsTooLargeForTheMemoryOrAFile() {
    assertThatCode(
            () ->
                saves.write(
                    ID,
                    () -> {
                      throw new OutOfMemoryError("Java heap space");
                    }))
        .doesNotThrowAnyException();
    assertThatCode(
            () ->
                saves.write(
                    ID,
                    () -> {
                      throw new IOException("its state has 2147483660 bytes");
                    }))
        .doesNotThrowAnyException();
    assertThat(kept).isEmpty();
  }
}
