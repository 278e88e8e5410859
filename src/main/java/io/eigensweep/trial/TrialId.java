package io.eigensweep.trial;

import io.eigensweep.spec.CanonicalJson;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The identity of a trial: the first 16 characters of the base32 SHA-256 of its canonical JSON and
 * the numerics version.
 *
 * @param text 16 characters of [a-z2-7]
 */
public record TrialId(String text) implements Serializable, Comparable<TrialId> {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

  public TrialId {
    if (!text.matches("[a-z2-7]{16}")) {
      throw new IllegalArgumentException("a trial id is 16 characters of a-z2-7, got " + text);
    }
  }

  /** The id of {@code trial}. */
  public static TrialId of(Trial trial) {
    String json =
        "{\"numerics\":" + Numerics.VERSION + ",\"trial\":" + CanonicalJson.identity(trial) + "}";
    byte[] hash = sha256(json.getBytes(StandardCharsets.UTF_8));
    StringBuilder text = new StringBuilder(16);
    for (int i = 0; i < 16; i++) {
      int bit = 5 * i;
      int pair = (hash[bit / 8] & 0xff) << 8 | (hash[bit / 8 + 1] & 0xff);
      text.append(ALPHABET.charAt(pair >> (11 - bit % 8) & 31));
    }
    return new TrialId(text.toString());
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public int compareTo(TrialId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
