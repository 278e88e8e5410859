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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against golden/image-metrics.json, made with NumPy in float64. */
final class GoldenMetricsTest {
  /** The public methods take float32 pictures: relative steps of 6e-8 in the values. */
  private static final double FLOATS = 1e-7;

  private static final double DOUBLES = 1e-12;

  static Stream<JsonNode> pairs() throws IOException {
    try (InputStream in =
        GoldenMetricsTest.class.getResourceAsStream("/golden/image-metrics.json")) {
      JsonNode pairs = new ObjectMapper().readTree(in).get("pairs");
      assertThat(pairs).hasSize(10);
      return StreamSupport.stream(pairs.spliterator(), false);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void matchesTheReferenceFromFloats(JsonNode pair) {
    int height = pair.get("height").asInt();
    int width = pair.get("width").asInt();
    int channels = pair.get("channels").asInt();
    float[] first = floats(first(pair));
    float[] second = floats(second(pair));

    assertThat(Psnr.decibels(first, second)).isCloseTo(pair.get("psnr").asDouble(), within(1e-5));
    if (pair.has("ssim")) {
      assertThat(Ssim.of(first, second, height, width, channels).orElseThrow())
          .isCloseTo(pair.get("ssim").asDouble(), within(FLOATS));
    }
    MsSsim.Value value = MsSsim.of(first, second, height, width, channels).orElseThrow();
    assertThat(value.value()).isCloseTo(pair.get("ms_ssim").asDouble(), within(FLOATS));
    assertThat(value.scales()).isEqualTo(pair.path("ms_ssim_scales").asInt(5));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void matchesTheReferenceFromDoubles(JsonNode pair) {
    double[] first = first(pair);
    double[] second = second(pair);
    int channels = pair.get("channels").asInt();
    int scales = pair.path("ms_ssim_scales").asInt(5);
    double ssim = 0;
    double msSsim = 0;
    for (int channel = 0; channel < channels; channel++) {
      Plane x = plane(pair, first, channel);
      Plane y = plane(pair, second, channel);
      ssim += StructuralSimilarity.of(x, y).ssim() / channels;
      msSsim += MsSsim.ofChannel(x, y, scales) / channels;
    }

    if (pair.has("ssim")) {
      assertThat(ssim).isCloseTo(pair.get("ssim").asDouble(), within(DOUBLES));
    }
    assertThat(msSsim).isCloseTo(pair.get("ms_ssim").asDouble(), within(DOUBLES));
  }

  private static Plane plane(JsonNode pair, double[] values, int channel) {
    int channels = pair.get("channels").asInt();
    double[] own = new double[values.length / channels];
    for (int i = 0; i < own.length; i++) {
      own[i] = values[i * channels + channel];
    }
    return new Plane(pair.get("height").asInt(), pair.get("width").asInt(), own);
  }

  private static double[] first(JsonNode pair) {
    return pair.has("constant") ? constant(pair, 0) : pictures(pair).first();
  }

  private static double[] second(JsonNode pair) {
    return pair.has("constant")
        ? constant(pair, 1)
        : pictures(pair).second(pair.get("amplitude").asDouble());
  }

  private static GoldenPictures pictures(JsonNode pair) {
    return new GoldenPictures(
        pair.get("height").asInt(), pair.get("width").asInt(), pair.get("channels").asInt());
  }

  private static double[] constant(JsonNode pair, int which) {
    double[] values = new double[pair.get("height").asInt() * pair.get("width").asInt()];
    Arrays.fill(values, pair.get("constant").get(which).asDouble());
    return values;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
