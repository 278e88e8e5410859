package io.eigensweep.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.encoding.Encoder;
import io.eigensweep.encoding.Encoding;
import io.eigensweep.encoding.Fourier;
import io.eigensweep.encoding.Identity;
import io.eigensweep.encoding.Interpolation;
import io.eigensweep.encoding.Multigrid;
import io.eigensweep.settings.Names;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** A network with its kernel and its training as an independent implementation computed them. */
public record Golden(String name, JsonNode json) {
  private static final List<String> NAMES =
      List.of(
          "identity-width",
          "fourier-fan-in",
          "multigrid-2d",
          "multigrid-3d",
          "multigrid-half",
          "multigrid-odd-levels",
          "sine-fan-in",
          "standard-tanh");

  public static List<Golden> all() {
    return NAMES.stream().map(Golden::load).toList();
  }

  private static Golden load(String name) {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name + ".json")) {
      return new Golden(name, new ObjectMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }

  public int dimensions() {
    return json.get("dimensions").asInt();
  }

  public int channels() {
    return json.get("channels").asInt();
  }

  public NetworkSettings network() {
    return new NetworkSettings(
        json.get("hidden_layers").asInt(),
        json.get("width").asInt(),
        Names.constant(Activation.class, json.get("activation").asText()).orElseThrow(),
        Names.constant(Parameterization.class, json.get("parameterization").asText()).orElseThrow(),
        true);
  }

  public Encoding encoding() {
    JsonNode encoding = json.get("encoding");
    return switch (encoding.get("type").asText()) {
      case "identity" -> new Identity();
      case "fourier" -> new Fourier(encoding.get("levels").asInt());
      case "multigrid" ->
          new Multigrid(
              encoding.get("levels").asInt(),
              encoding.get("features").asInt(),
              encoding.get("resolution").asInt(),
              2,
              0.01,
              Interpolation.LINEAR);
      default -> throw new IllegalArgumentException(encoding.toString());
    };
  }

  public EncodedPoints points() {
    return Encoder.encode(encoding(), flat(json.get("points")), dimensions(), 0);
  }

  public Parameters parameters() {
    return parameters(json.get("parameters"));
  }

  public Parameters parametersAfter() {
    return parameters(json.get("training").get("parameters_after"));
  }

  public double[] flat(String key) {
    return flat(json.get(key));
  }

  public static double[] flat(JsonNode node) {
    List<Double> values = new ArrayList<>();
    collect(node, values);
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void collect(JsonNode node, List<Double> values) {
    if (node.isArray()) {
      node.forEach(entry -> collect(entry, values));
    } else {
      values.add(node.asDouble());
    }
  }

  private static Parameters parameters(JsonNode node) {
    List<DMatrixRMaj> weights = new ArrayList<>();
    List<DMatrixRMaj> biases = new ArrayList<>();
    List<DMatrixRMaj> grids = new ArrayList<>();
    node.get("weight").forEach(w -> weights.add(matrix(w)));
    node.get("bias").forEach(b -> biases.add(matrix(b)));
    node.get("grid").forEach(g -> grids.add(matrix(g)));
    return new Parameters(weights, biases, grids);
  }

  private static DMatrixRMaj matrix(JsonNode node) {
    double[] values = flat(node);
    return DMatrixRMaj.wrap(node.size(), values.length / node.size(), values);
  }
}
