package io.eigensweep.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.TrialId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What counting trials needs of a row, and what proves that a row file is whole. It stands near the
 * end of the file, in the footer's metadata under {@link #KEY}, so that one short read gives it:
 *
 * <pre>
 * eigensweep-row &lt;length of the JSON, 6 digits&gt; &lt;JSON&gt; &lt;CRC-32C of the JSON&gt; &lt;CRC-32C of the file&gt;
 * </pre>
 *
 * The second checksum covers every other byte of the file. Parquet's own protect pages, not the
 * footer with the columns' names and types.
 *
 * @param id the trial
 * @param status how it ended
 * @param failureStage the stage that did not succeed
 * @param failureMessage why, at most {@value #MESSAGE} characters
 * @param signalKind type of its signal
 * @param signalClass class of its signal
 * @param signalId name of its signal within kind and class
 * @param aboveLearningRateLimit whether its learning rate was above what descent bears
 * @param host machine that ran it
 * @param blasProblem why the Java library did the products although the native one was wanted, else
 *     null
 * @param numerics version of everything that turns a trial into numbers
 */
public record RowLabel(
    TrialId id,
    Status status,
    @Nullable String failureStage,
    @Nullable String failureMessage,
    String signalKind,
    @Nullable String signalClass,
    String signalId,
    @Nullable Boolean aboveLearningRateLimit,
    String host,
    @Nullable String blasProblem,
    int numerics) {
  /** The key of the footer's metadata. */
  static final String KEY = "eigensweep";

  /** Where to look for a label: bytes from the end of a file. */
  public static final int TAIL = 4 << 10;

  /** The columns that a label is made of. */
  static final List<String> COLUMNS =
      List.of(
          "trial_id",
          "status",
          "failure_stage",
          "failure_message",
          "signal_kind",
          "signal_class",
          "signal_id",
          "above_learning_rate_limit",
          "host",
          "blas_problem",
          "numerics");

  private static final int MESSAGE = 300;
  private static final String MARK = "eigensweep-row ";
  private static final byte[] MARK_BYTES = MARK.getBytes(StandardCharsets.US_ASCII);
  private static final int[] STEPS = steps();
  private static final int LENGTH_DIGITS = 6;
  private static final String OPEN = "--------";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A label as it stands in a file: its text, and where that is in the bytes. */
  private record Found(JsonNode json, int fileChecksum) {}

  /**
   * The label of the row whose column c is {@code values.apply(c)}.
   *
   * @throws IllegalArgumentException when it is no row of a trial
   */
  static RowLabel of(Function<String, @Nullable Object> values) {
    return new RowLabel(
        new TrialId(text(values, "trial_id")),
        Status.valueOf(text(values, "status")),
        optional(values, "failure_stage"),
        shortened(optional(values, "failure_message")),
        text(values, "signal_kind"),
        optional(values, "signal_class"),
        text(values, "signal_id"),
        values.apply("above_learning_rate_limit") instanceof Boolean above ? above : null,
        text(values, "host"),
        shortened(optional(values, "blas_problem")),
        values.apply("numerics") instanceof Integer version ? version : 0);
  }

  /** The label's text with the file's checksum left open, for rows of these {@code columns}. */
  static String text(Row row, String columns) {
    RowLabel label = of(name -> value(row, name));
    ObjectNode json = JSON.createObjectNode();
    json.put("columns", columns);
    json.put("trial_id", label.id.text());
    json.put("status", label.status.name());
    json.put("failure_stage", label.failureStage);
    json.put("failure_message", label.failureMessage);
    json.put("signal_kind", label.signalKind);
    json.put("signal_class", label.signalClass);
    json.put("signal_id", label.signalId);
    json.put("above_learning_rate_limit", label.aboveLearningRateLimit);
    json.put("host", label.host);
    json.put("blas_problem", label.blasProblem);
    json.put("numerics", label.numerics);
    String text = json.toString();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return MARK
        + String.format(Locale.ROOT, "%0" + LENGTH_DIGITS + "d ", bytes.length)
        + text
        + " "
        + hex(bytes, bytes.length)
        + " "
        + OPEN;
  }

  /** Fills the checksum of {@code file}, which has a label, in. */
  static void seal(byte[] file) {
    int at = find(file).orElseThrow().fileChecksum();
    byte[] checksum = hex(file, at).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(checksum, 0, file, at, checksum.length);
  }

  /** The label in {@code tail}, the last bytes of a file, if it is there and whole. */
  public static Optional<RowLabel> read(byte[] tail) {
    return find(tail).flatMap(found -> label(found.json()));
  }

  /** Whether {@code file} is, to the last bit, a row of these {@code columns} as it was written. */
  static boolean proves(byte[] file, TrialId id, String columns) {
    Optional<Found> found = find(file);
    if (found.isEmpty()) {
      return false;
    }
    int at = found.get().fileChecksum();
    JsonNode json = found.get().json();
    return new String(file, at, OPEN.length(), StandardCharsets.US_ASCII).equals(hex(file, at))
        && json.path("trial_id").asText().equals(id.text())
        && json.path("columns").asText().equals(columns);
  }

  /** Whether {@code file} has a label, and is not what was written with it. */
  static boolean disproves(byte[] file) {
    Optional<Found> found = find(file);
    return found.isPresent()
        && !new String(file, found.get().fileChecksum(), OPEN.length(), StandardCharsets.US_ASCII)
            .equals(hex(file, found.get().fileChecksum()));
  }

  private static Optional<RowLabel> label(JsonNode json) {
    try {
      return Optional.of(
          of(
              name -> {
                JsonNode value = json.path(name);
                return value.isBoolean()
                    ? (Object) value.booleanValue()
                    : value.isInt() ? value.intValue() : value.textValue();
              }));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // of a program with other columns: the row itself is read
    }
  }

  /** Searches from the end: the footer's metadata stands behind its columns. */
  private static Optional<Found> find(byte[] bytes) {
    int at = bytes.length - MARK_BYTES.length;
    while (at >= 0) {
      if (startsWith(bytes, at, MARK_BYTES)) {
        Optional<Found> found = parse(bytes, at + MARK_BYTES.length);
        if (found.isPresent()) {
          return found;
        }
      }
      at -= bytes[at] < 0 ? MARK_BYTES.length : STEPS[bytes[at]];
    }
    return Optional.empty();
  }

  /** How far back the mark can begin at the least, by the byte where it does not (Horspool). */
  private static int[] steps() {
    int[] steps = new int[Byte.MAX_VALUE + 1];
    Arrays.fill(steps, MARK_BYTES.length);
    for (int i = MARK_BYTES.length - 1; i > 0; i--) {
      steps[MARK_BYTES[i]] = i;
    }
    return steps;
  }

  private static Optional<Found> parse(byte[] bytes, int at) {
    String digits = ascii(bytes, at, LENGTH_DIGITS);
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    int length = Integer.parseInt(digits);
    int from = at + LENGTH_DIGITS + 1;
    int checksum = from + length + 1;
    int file = checksum + OPEN.length() + 1;
    if (file + OPEN.length() > bytes.length) {
      return Optional.empty();
    }
    byte[] text = Arrays.copyOfRange(bytes, from, from + length);
    if (!ascii(bytes, checksum, OPEN.length()).equals(hex(text, text.length))) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Found(JSON.readTree(text), file));
    } catch (java.io.IOException e) {
      return Optional.empty();
    }
  }

  private static boolean startsWith(byte[] bytes, int at, byte[] mark) {
    return Arrays.equals(bytes, at, at + mark.length, mark, 0, mark.length);
  }

  private static String ascii(byte[] bytes, int at, int length) {
    return at + length > bytes.length
        ? ""
        : new String(bytes, at, length, StandardCharsets.US_ASCII);
  }

  /** CRC-32C of {@code bytes} without the {@value #OPEN} that begin at {@code hole}. */
  private static String hex(byte[] bytes, int hole) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, hole);
    int after = Math.min(bytes.length, hole + OPEN.length());
    crc.update(bytes, after, bytes.length - after);
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  private static @Nullable Object value(Row row, String name) {
    return Tables.TRIALS.stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value()
        .apply(row);
  }

  private static String text(Function<String, @Nullable Object> values, String name) {
    String value = optional(values, name);
    if (value == null) {
      throw new IllegalArgumentException("it has no " + name);
    }
    return value;
  }

  private static @Nullable String optional(Function<String, @Nullable Object> values, String name) {
    Object value = values.apply(name);
    return value == null ? null : value.toString();
  }

  private static @Nullable String shortened(@Nullable String message) {
    if (message == null || message.length() <= MESSAGE) {
      return message;
    }
    int end = Character.isHighSurrogate(message.charAt(MESSAGE - 1)) ? MESSAGE - 1 : MESSAGE;
    return message.substring(0, end);
  }
}
