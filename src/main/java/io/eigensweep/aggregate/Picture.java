package io.eigensweep.aggregate;

import org.jspecify.annotations.Nullable;

/**
 * Which picture, for pairing: two trials saw the same one when all of this agrees.
 *
 * @param kind the signal's type
 * @param label its class, null where there is none
 * @param id its name within kind and class
 * @param size side that it was resampled to, null when kept as it is
 * @param sha256 of its content, null when it could not be loaded
 */
public record Picture(
    String kind,
    @Nullable String label,
    String id,
    @Nullable Integer size,
    @Nullable String sha256) {

  /** Its name for people: {@code class/id}. */
  public String name() {
    return label == null ? id : label + "/" + id;
  }
}
