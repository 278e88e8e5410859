package io.eigensweep.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eigensweep.network.Parameters;
import io.eigensweep.settings.CanonicalJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/**
 * A network's numbers in the safetensors format (little-endian header length, JSON header, raw
 * float32): {@code layers.<l>.weight} [out, in], {@code layers.<l>.bias} [out], {@code grid.<l>}
 * [nodes, k], and the trial's canonical JSON under {@code trial} in {@code __metadata__}.
 */
public final class Safetensors {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Safetensors() {}

  /** The file's bytes. */
  public static byte[] write(Parameters parameters, Trial trial) {
    Map<String, DMatrixRMaj> tensors = tensors(parameters);
    StringBuilder header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\",\"trial\":");
    header.append(CanonicalJson.string(CanonicalJson.full(trial))).append('}');
    long offset = 0;
    for (Map.Entry<String, DMatrixRMaj> tensor : tensors.entrySet()) {
      DMatrixRMaj matrix = tensor.getValue();
      long end = offset + 4L * matrix.getNumElements();
      header.append(',').append(CanonicalJson.string(tensor.getKey()));
      header.append(":{\"dtype\":\"F32\",\"shape\":[").append(matrix.numRows);
      if (!tensor.getKey().endsWith(".bias")) {
        header.append(',').append(matrix.numCols);
      }
      header.append("],\"data_offsets\":[").append(offset).append(',').append(end).append("]}");
      offset = end;
    }
    header.append('}');
    byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
    int padding = (8 - text.length % 8) % 8;
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(8 + text.length + padding + offset))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(text.length + padding).put(text);
    bytes.put(" ".repeat(padding).getBytes(StandardCharsets.UTF_8));
    for (DMatrixRMaj matrix : tensors.values()) {
      for (int i = 0; i < matrix.getNumElements(); i++) {
        bytes.putFloat((float) matrix.data[i]);
      }
    }
    return bytes.array();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException when the bytes are no such file
   */
  public static Parameters read(byte[] file) throws IOException {
    try {
      return parse(file);
    } catch (RuntimeException e) {
      throw new IOException("not a whole safetensors file: " + e.getMessage(), e);
    }
  }

  private static Parameters parse(byte[] file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (file.length < 8 || bytes.getLong(0) < 2 || bytes.getLong(0) > file.length - 8) {
      throw new IOException("not a safetensors file: " + file.length + " bytes");
    }
    int length = Math.toIntExact(bytes.getLong());
    JsonNode header = JSON.readTree(file, 8, length);
    List<DMatrixRMaj> weights = new ArrayList<>();
    List<DMatrixRMaj> biases = new ArrayList<>();
    List<DMatrixRMaj> grids = new ArrayList<>();
    for (int layer = 0; header.has("layers." + layer + ".weight"); layer++) {
      weights.add(tensor(bytes, 8 + length, header.path("layers." + layer + ".weight")));
      if (header.has("layers." + layer + ".bias")) {
        biases.add(tensor(bytes, 8 + length, header.path("layers." + layer + ".bias")));
      }
    }
    for (int level = 0; header.has("grid." + level); level++) {
      grids.add(tensor(bytes, 8 + length, header.path("grid." + level)));
    }
    return new Parameters(weights, biases, grids);
  }

  private static Map<String, DMatrixRMaj> tensors(Parameters parameters) {
    Map<String, DMatrixRMaj> tensors = new LinkedHashMap<>();
    for (int layer = 0; layer < parameters.weights().size(); layer++) {
      tensors.put("layers." + layer + ".weight", parameters.weights().get(layer));
      if (parameters.hasBias()) {
        tensors.put("layers." + layer + ".bias", parameters.biases().get(layer));
      }
    }
    for (int level = 0; level < parameters.grids().size(); level++) {
      tensors.put("grid." + level, parameters.grids().get(level));
    }
    return tensors;
  }

  private static DMatrixRMaj tensor(ByteBuffer bytes, int start, JsonNode entry)
      throws IOException {
    if (!entry.path("dtype").asText().equals("F32")) {
      throw new IOException("only F32 tensors are read, got " + entry.path("dtype").asText());
    }
    JsonNode shape = entry.path("shape");
    int rows = shape.path(0).asInt();
    int columns = shape.size() > 1 ? shape.path(1).asInt() : 1;
    int at = start + entry.path("data_offsets").path(0).asInt();
    long end = start + entry.path("data_offsets").path(1).asLong(-1);
    if (rows < 0 || columns < 0 || at < start || end > bytes.capacity()) {
      throw new IOException("a tensor lies outside of the file's " + bytes.capacity() + " bytes");
    }
    if (end - at != 4L * rows * columns) {
      throw new IOException("a tensor's shape " + shape + " is not that of its bytes");
    }
    DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
    for (int i = 0; i < matrix.getNumElements(); i++) {
      matrix.data[i] = bytes.getFloat(at + 4 * i);
    }
    return matrix;
  }
}
