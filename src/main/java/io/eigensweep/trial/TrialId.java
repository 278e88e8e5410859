package io.eigensweep.trial;

import io.eigensweep.settings.CanonicalJson;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.IdentityHashMap;

/**
 * The identity of a trial: the first 16 characters of the base32 SHA-256 of its canonical JSON and
 * the numerics version.
 *
 * @param text 16 characters of [a-z2-7]
 */
public record TrialId(String text) implements Serializable, Comparable<TrialId> {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int LENGTH = 16;

  public TrialId {
    if (!isId(text)) {
      throw new IllegalArgumentException("a trial id is 16 characters of a-z2-7, got " + text);
    }
  }

  /** Whether {@code text} could be an id. */
  public static boolean isId(String text) {
    if (text.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = text.charAt(i);
      if ((c < 'a' || c > 'z') && (c < '2' || c > '7')) {
        return false;
      }
    }
    return true;
  }

  /** The id of {@code trial}. */
  public static TrialId of(Trial trial) {
    return of(trial, new IdentityHashMap<>());
  }

  /**
   * The id of {@code trial}, one of many that share their parts.
   *
   * @param texts of parts that have been met already; those of {@code trial} are added
   */
  public static TrialId of(Trial trial, IdentityHashMap<Record, String> texts) {
    String json =
        "{\"numerics\":"
            + Numerics.VERSION
            + ",\"trial\":"
            + CanonicalJson.identity(trial, texts)
            + "}";
    byte[] hash = sha256(json.getBytes(StandardCharsets.UTF_8));
    StringBuilder text = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
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
