package io.eigensweep.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.encoding.Encoder;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.network.ForwardPass;
import io.eigensweep.network.Parameters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SafetensorsTest {

  @Test
  void readsBackToTheSameOutputs() throws IOException {
    Trial trial = Trials.multigrid();
    Parameters parameters =
        Parameters.initial(trial.network(), trial.encoding(), 2, 3, trial.seed());
    Parameters read = Safetensors.read(Safetensors.write(parameters, trial));
    EncodedPoints points =
        Encoder.encode(trial.encoding(), new double[] {0.1, 0.9, 0.4, 0.2, 1, 0}, 2, 0);
    Blas blas = Blas.of(BlasChoice.AUTO);
    assertThat(ForwardPass.of(trial.network(), read, points, blas).outputs().data)
        .isEqualTo(ForwardPass.of(trial.network(), parameters, points, blas).outputs().data);
    assertThat(read.count()).isEqualTo(parameters.count());
  }

  @Test
  void hasTheDocumentedHeader() {
    Trial trial = Trials.multigrid();
    Parameters parameters =
        Parameters.initial(trial.network(), trial.encoding(), 2, 3, trial.seed());
    byte[] file = Safetensors.write(parameters, trial);
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) bytes.getLong();
    String header = new String(file, 8, length, StandardCharsets.UTF_8);
    assertThat(length % 8).isZero();
    assertThat(header)
        .contains(
            "\"layers.0.weight\":{\"dtype\":\"F32\",\"shape\":[16,6],\"data_offsets\":[0,384]}")
        .contains("\"layers.0.bias\":{\"dtype\":\"F32\",\"shape\":[16]")
        .contains("\"grid.1\":{\"dtype\":\"F32\",\"shape\":[81,2]")
        .contains("\"__metadata__\":{\"format\":\"pt\",\"trial\":\"{\\\"signal\\\":");
    assertThat(file.length).isEqualTo(8 + length + 4 * parameters.count());
  }

  @Test
  void refusesOtherFiles() {
    assertThatThrownBy(() -> Safetensors.read(new byte[] {1, 2, 3}))
        .isInstanceOf(IOException.class)
        .hasMessage("not a safetensors file: 3 bytes");
  }

  @Test
  void refusesADamagedFileAsAnInputError() {
    Trial trial = Trials.multigrid();
    byte[] whole =
        Safetensors.write(
            Parameters.initial(trial.network(), trial.encoding(), 2, 3, trial.seed()), trial);
    int header = 8 + (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    SplittableRandom random = new SplittableRandom(5);

    for (int round = 0; round < 500; round++) {
      byte[] flipped = whole.clone();
      int bit = random.nextInt(8 * header);
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(readsOrRefuses(flipped)).as("bit %d", bit).isTrue();
      assertThat(readsOrRefuses(Arrays.copyOf(whole, random.nextInt(whole.length)))).isTrue();
    }
  }

  /** Whether nothing but an {@link IOException} comes of it. */
  private static boolean readsOrRefuses(byte[] file) {
    try {
      return Safetensors.read(file).count() >= 0;
    } catch (IOException e) {
      return true;
    }
  }
}
