package io.eigensweep.trial;

import io.eigensweep.training.CurvePoint;
import io.eigensweep.training.TrainerState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
  private static final int MAGIC = 0x45535632; // ESV2
  private static final int HASH_BYTES = 32;

  /** What every JVM can hold in one array. */
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  SavedTrial {
    measured = new TreeMap<>(measured);
  }

  /** Whether a trial with this id under these circumstances may go on from here. */
  boolean isOf(TrialId otherId, String otherCircumstances) {
    return id.equals(otherId) && circumstances.equals(otherCircumstances);
  }

  /**
   * The file, in one array of its size: a state may be most of what a process holds.
   *
   * @throws IOException when it is larger than an array can be
   */
  byte[] bytes() throws IOException {
    byte[] curve = curve(training.curve());
    long size = size(curve.length);
    if (size > MAX_BYTES) {
      throw new IOException("its state has " + size + " bytes, and at most " + MAX_BYTES + " fit");
    }
    ByteBuffer out = ByteBuffer.allocate((int) size);
    out.putInt(MAGIC);
    write(out, utf8(id.text()));
    write(out, utf8(circumstances));
    out.putInt(training.epoch()).putLong(training.nanos());
    write(out, training.shuffle());
    out.putInt(training.order().length);
    out.asIntBuffer().put(training.order());
    out.position(out.position() + Integer.BYTES * training.order().length);
    out.putInt(training.arrays().size());
    for (Map.Entry<String, float[]> array : training.arrays().entrySet()) {
      write(out, utf8(array.getKey()));
      out.putInt(array.getValue().length);
      out.asFloatBuffer().put(array.getValue());
      out.position(out.position() + Float.BYTES * array.getValue().length);
    }
    write(out, curve);
    out.putInt(measured.size());
    for (Map.Entry<Integer, byte[]> network : measured.entrySet()) {
      out.putInt(network.getKey());
      write(out, network.getValue());
    }
    out.put(sha256(out.array(), out.position()));
    if (out.hasRemaining()) {
      throw new IllegalStateException(out.remaining() + " bytes were counted and not written");
    }
    return out.array();
  }

  private long size(int curveBytes) {
    long size = 5 * Integer.BYTES + Long.BYTES + 2 * Integer.BYTES + HASH_BYTES;
    size += prefixed(utf8(id.text()).length) + prefixed(utf8(circumstances).length);
    size += training.shuffle().length + (long) Integer.BYTES * training.order().length;
    for (Map.Entry<String, float[]> array : training.arrays().entrySet()) {
      size += prefixed(utf8(array.getKey()).length) + Integer.BYTES;
      size += (long) Float.BYTES * array.getValue().length;
    }
    size += curveBytes;
    for (byte[] network : measured.values()) {
      size += Integer.BYTES + prefixed(network.length);
    }
    return size;
  }

  private static long prefixed(int length) {
    return (long) Integer.BYTES + length;
  }

  private static byte[] curve(List<CurvePoint> points) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(content);
    out.writeInt(points.size());
    for (CurvePoint point : points) {
      out.writeInt(point.epoch());
      writeOptional(out, point.loss());
      writeOptional(out, point.psnr());
      out.writeDouble(point.seconds());
    }
    return content.toByteArray();
  }

  /** Reads what {@link #bytes} wrote; empty when it is something else or damaged. */
  static Optional<SavedTrial> read(byte[] bytes) {
    int length = bytes.length - HASH_BYTES;
    if (length < Integer.BYTES
        || !Arrays.equals(sha256(bytes, length), Arrays.copyOfRange(bytes, length, bytes.length))) {
      return Optional.empty();
    }
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes, 0, length);
      return in.getInt() == MAGIC ? Optional.of(read(in)) : Optional.empty();
    } catch (IOException | BufferUnderflowException e) {
      return Optional.empty(); // of another version of this program
    }
  }

  private static SavedTrial read(ByteBuffer in) throws IOException {
    TrialId id = new TrialId(text(in));
    String circumstances = text(in);
    int epoch = in.getInt();
    long nanos = in.getLong();
    byte[] shuffle = block(in);
    int[] order = new int[in.getInt()];
    in.asIntBuffer().get(order);
    in.position(in.position() + Integer.BYTES * order.length);
    Map<String, float[]> arrays = new TreeMap<>();
    for (int i = in.getInt(); i > 0; i--) {
      String name = text(in);
      float[] values = new float[in.getInt()];
      in.asFloatBuffer().get(values);
      in.position(in.position() + Float.BYTES * values.length);
      arrays.put(name, values);
    }
    List<CurvePoint> curve = curve(block(in));
    Map<Integer, byte[]> measured = new TreeMap<>();
    for (int i = in.getInt(); i > 0; i--) {
      measured.put(in.getInt(), block(in));
    }
    return new SavedTrial(
        id, circumstances, new TrainerState(epoch, nanos, shuffle, order, arrays, curve), measured);
  }

  private static List<CurvePoint> curve(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    List<CurvePoint> curve = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      curve.add(new CurvePoint(in.readInt(), readOptional(in), readOptional(in), in.readDouble()));
    }
    return curve;
  }

  private static void write(ByteBuffer out, byte[] bytes) {
    out.putInt(bytes.length).put(bytes);
  }

  private static byte[] block(ByteBuffer in) {
    byte[] bytes = new byte[in.getInt()];
    in.get(bytes);
    return bytes;
  }

  private static String text(ByteBuffer in) {
    return new String(block(in), StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
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

  private static byte[] sha256(byte[] bytes, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, 0, length);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
