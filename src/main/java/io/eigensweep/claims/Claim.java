package io.eigensweep.claims;

import io.eigensweep.ntk.Scope;
import org.jspecify.annotations.Nullable;

/**
 * A statement about a study that its rows can decide.
 *
 * @param id its name, among all claims
 * @param text what it says, for people
 * @param source where it was made, null where that is not said
 * @param study name of the sweep that tests it
 * @param form the number of a picture, from its trials
 * @param orders whether that is of decimal logarithms: differences are orders of magnitude
 * @param scope of which points kernels are; null where no kernel is asked for
 * @param across what of several settings stands for a picture
 * @param statistic what of the pictures' numbers
 * @param rule where the claim says that it lies
 * @param paper the number that was published, null where there is none
 */
public record Claim(
    String id,
    String text,
    @Nullable String source,
    String study,
    Form form,
    boolean orders,
    @Nullable Scope scope,
    Across across,
    Statistic statistic,
    Rule rule,
    @Nullable Double paper) {

  /** What of a picture's settings stands for it. */
  public enum Across {
    MEAN,
    LEAST,
    LARGEST
  }

  /** The quantity of its first side. */
  public Quantity quantity() {
    return form.sides().get(0).quantity();
  }

  /** The unit of its number. */
  public String unit() {
    return orders ? "orders" : form instanceof Form.Rank ? "" : quantity().unit();
  }
}
