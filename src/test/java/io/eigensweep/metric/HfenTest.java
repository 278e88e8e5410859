package io.eigensweep.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against golden/hfen.json, made with SciPy in float64. */
class HfenTest {
  private static final int CHANNELS = 3;

  static Stream<JsonNode> pairs() throws IOException {
    try (InputStream in = HfenTest.class.getResourceAsStream("/golden/hfen.json")) {
      JsonNode pairs = new ObjectMapper().readTree(in).get("pairs");
      assertThat(pairs).hasSize(5);
      return StreamSupport.stream(pairs.spliterator(), false);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void matchesTheReference(JsonNode pair) {
    int height = pair.get("height").asInt();
    int width = pair.get("width").asInt();
    GoldenPictures pictures = new GoldenPictures(height, width, CHANNELS);
    float[] first = floats(pictures.first());
    float[] second = floats(pictures.second(pair.get("amplitude").asDouble()));

    // The pictures are float32 here: relative steps of 6e-8 in their values.
    assertThat(Hfen.of(first, second, height, width, CHANNELS).orElseThrow())
        .isCloseTo(pair.get("hfen").asDouble(), within(1e-6));
  }

  @Test
  void ofEqualPicturesIsZeroAndOfAConstantReferenceNotDefined() {
    float[] picture = floats(new GoldenPictures(5, 9, 1).first());
    assertThat(Hfen.of(picture, picture, 5, 9, 1)).hasValue(0);
    float[] gray = new float[45];
    Arrays.fill(gray, 0.7f);
    assertThat(Hfen.of(gray, picture, 5, 9, 1)).isEmpty();
    float[] broken = picture.clone();
    broken[7] = Float.NaN;
    assertThat(Hfen.of(picture, broken, 5, 9, 1)).hasValue(Double.NaN);
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
