package io.eigensweep.trial;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eigensweep.picture.Image;
import io.eigensweep.signal.Coordinates;
import io.eigensweep.signal.LoadedPicture;
import io.eigensweep.signal.SignalReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is not the trial's own fault is no fate of it. */
class AttemptFailedTest {

  private static LoadedPicture picture() {
    return new LoadedPicture(
        new Image(16, 16, 3, new float[16 * 16 * 3]),
        Coordinates.CENTERS,
        false,
        "ab",
        16,
        16,
        1,
        2,
        3);
  }

  static List<Throwable> troubleOfStorageOrMachine() {
    return List.of(
        new FileNotFoundException("a.png does not exist"),
        new IOException("Connection refused"),
        new java.nio.file.AccessDeniedException("a.png"),
        new NoClassDefFoundError("javax/imageio/ImageIO"),
        new UnsatisfiedLinkError("libm.so"));
  }

  @ParameterizedTest
  @MethodSource("troubleOfStorageOrMachine")
  void aSignalThatCanNotBeReadHereAndNowIsNoFate(Throwable trouble) {
    TrialRunner runner =
        new TrialRunner(thrower(trouble), (id, name) -> OutputStream.nullOutputStream());

    assertThatThrownBy(() -> runner.run(Trials.identity(), 0))
        .isInstanceOf(AttemptFailedException.class)
        .hasMessageStartingWith("in load: ")
        .hasMessageContaining(String.valueOf(trouble.getMessage()))
        .hasCause(trouble);
  }

  private static SignalReader thrower(Throwable trouble) {
    return signal -> {
      if (trouble instanceof Error error) {
        throw error;
      }
      throw (IOException) trouble;
    };
  }

  @Test
  void anArtifactThatCanNotBeStoredIsNoFate() {
    Trial trial =
        new Trial(
            Trials.identity().signal(),
            Trials.identity().encoding(),
            Trials.identity().network(),
            Trials.identity().training(),
            Trials.identity().ntk(),
            Trials.identity().linalg(),
            0,
            List.of(Artifact.WEIGHTS));
    for (Exception trouble :
        List.of(new IOException("disk full"), new IllegalStateException("storage is away"))) {
      TrialRunner runner =
          new TrialRunner(
              signal -> picture(),
              (id, name) -> {
                if (trouble instanceof IOException e) {
                  throw e;
                }
                throw (RuntimeException) trouble;
              });

      assertThatThrownBy(() -> runner.run(trial, 0))
          .isInstanceOf(AttemptFailedException.class)
          .hasMessage("in artifacts: " + trouble.getMessage());
    }
  }
}
