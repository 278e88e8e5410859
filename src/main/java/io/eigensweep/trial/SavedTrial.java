package io.eigensweep.trial;

import io.eigensweep.training.CurvePoint;
import io.eigensweep.training.TrainerState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An unfinished trial as bytes: its training, and the networks whose kernels were measured. The
 * SHA-256 of the content stands at the end.
 *
 * @param id whose it is
 * @param circumstances what else its bits depend on
 * @param training between two epochs
 * @param measured safetensors of the networks whose kernels were measured, by epoch
 */
record SavedTrial(
    TrialId id, String circumstances, TrainerState training, Map<Integer, byte[]> measured) {
  private static final int MAGIC = 0x45535631; // ESV1
  private static final int HASH_BYTES = 32;

  SavedTrial {
    measured = new TreeMap<>(measured);
  }

  /** Whether a trial with this id under these circumstances may go on from here. */
  boolean isOf(TrialId otherId, String otherCircumstances) {
    return id.equals(otherId) && circumstances.equals(otherCircumstances);
  }

  byte[] bytes() {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(content)) {
      out.writeInt(MAGIC);
      out.writeUTF(id.text());
      out.writeUTF(circumstances);
      out.writeInt(training.epoch());
      out.writeLong(training.nanos());
      write(out, training.shuffle());
      out.writeInt(training.order().length);
      ByteBuffer order = ByteBuffer.allocate(4 * training.order().length);
      order.asIntBuffer().put(training.order());
      out.write(order.array());
      out.writeInt(training.arrays().size());
      for (Map.Entry<String, float[]> array : training.arrays().entrySet()) {
        out.writeUTF(array.getKey());
        out.writeInt(array.getValue().length);
        ByteBuffer values = ByteBuffer.allocate(4 * array.getValue().length);
        values.asFloatBuffer().put(array.getValue());
        out.write(values.array());
      }
      out.writeInt(training.curve().size());
      for (CurvePoint point : training.curve()) {
        out.writeInt(point.epoch());
        writeOptional(out, point.loss());
        writeOptional(out, point.psnr());
        out.writeDouble(point.seconds());
      }
      out.writeInt(measured.size());
      for (Map.Entry<Integer, byte[]> network : measured.entrySet()) {
        out.writeInt(network.getKey());
        write(out, network.getValue());
      }
      out.write(sha256(content.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException("memory can't be written", e);
    }
    return content.toByteArray();
  }

  /** Reads what {@link #bytes} wrote; empty when it is something else or damaged. */
  static Optional<SavedTrial> read(byte[] bytes) {
    int length = bytes.length - HASH_BYTES;
    if (length < 4
        || !Arrays.equals(
            sha256(Arrays.copyOf(bytes, length)),
            Arrays.copyOfRange(bytes, length, bytes.length))) {
      return Optional.empty();
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return in.readInt() == MAGIC ? Optional.of(read(in)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // of another version of this program
    }
  }

  private static SavedTrial read(DataInputStream in) throws IOException {
    TrialId id = new TrialId(in.readUTF());
    String circumstances = in.readUTF();
    int epoch = in.readInt();
    long nanos = in.readLong();
    byte[] shuffle = in.readNBytes(in.readInt());
    int[] order = new int[in.readInt()];
    ByteBuffer.wrap(in.readNBytes(4 * order.length)).asIntBuffer().get(order);
    Map<String, float[]> arrays = new TreeMap<>();
    for (int i = in.readInt(); i > 0; i--) {
      String name = in.readUTF();
      float[] values = new float[in.readInt()];
      ByteBuffer.wrap(in.readNBytes(4 * values.length)).asFloatBuffer().get(values);
      arrays.put(name, values);
    }
    List<CurvePoint> curve = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      curve.add(new CurvePoint(in.readInt(), readOptional(in), readOptional(in), in.readDouble()));
    }
    Map<Integer, byte[]> measured = new TreeMap<>();
    for (int i = in.readInt(); i > 0; i--) {
      measured.put(in.readInt(), in.readNBytes(in.readInt()));
    }
    return new SavedTrial(
        id, circumstances, new TrainerState(epoch, nanos, shuffle, order, arrays, curve), measured);
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static void writeOptional(DataOutputStream out, @Nullable Double value)
      throws IOException {
    out.writeBoolean(value != null);
    if (value != null) {
      out.writeDouble(value);
    }
  }

  private static @Nullable Double readOptional(DataInputStream in) throws IOException {
    return in.readBoolean() ? (Double) in.readDouble() : null;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
