package io.eigensweep.claims;

import io.eigensweep.settings.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The number of a picture that a claim is about. */
public sealed interface Form {

  /** The trials that it takes. */
  List<Side> sides();

  /**
   * A difference on the same picture, seed and other settings: of − over − times·(minus.of −
   * minus.over); a missing {@code over} is 0.
   *
   * @param of the first
   * @param over what is taken from it, if anything
   * @param minus another difference to take from it, if any
   */
  record Contrast(Side of, @Nullable Side over, @Nullable Minus minus) implements Form {
    /** A side and what it is multiplied by. */
    record Part(Side side, double times) {}

    /**
     * A difference that is taken from another.
     *
     * @param times what it is multiplied by
     */
    public record Minus(double times, Side of, @Nullable Side over) {}

    List<Part> parts() {
      List<Part> parts = new ArrayList<>(List.of(new Part(of, 1)));
      if (over != null) {
        parts.add(new Part(over, -1));
      }
      if (minus != null) {
        parts.add(new Part(minus.of(), -minus.times()));
        if (minus.over() != null) {
          parts.add(new Part(minus.over(), minus.times()));
        }
      }
      return parts;
    }

    @Override
    public List<Side> sides() {
      return parts().stream().map(Part::side).toList();
    }

    @Override
    public String toString() {
      String first = difference(of, over);
      return minus == null
          ? first
          : first
              + " against "
              + CanonicalJson.number(minus.times())
              + " × "
              + difference(minus.of(), minus.over());
    }

    private String difference(Side first, @Nullable Side second) {
      String text = "{" + first.text(of.quantity()) + "}";
      return second == null ? text : text + " over {" + second.text(of.quantity()) + "}";
    }
  }

  /**
   * The slope of the least-squares line over the binary logarithm of a hyperparameter: how much the
   * quantity rises when that doubles.
   *
   * @param of whose
   * @param axis column of the hyperparameter
   */
  record Slope(Side of, String axis) implements Form {
    @Override
    public List<Side> sides() {
      return List.of(of);
    }

    @Override
    public String toString() {
      return "per doubling of " + axis + " of {" + of + "}";
    }
  }

  /**
   * Kendall's τ between the quantity and another one over the settings that are selected, or over
   * the values of a hyperparameter: the share of pairs in the same order minus that of pairs in the
   * opposite one.
   *
   * @param of whose
   * @param with the other quantity, null with an axis
   * @param axis column of the hyperparameter, null with another quantity
   */
  record Rank(Side of, @Nullable Quantity with, @Nullable String axis) implements Form {
    @Override
    public List<Side> sides() {
      return List.of(of);
    }

    @Override
    public String toString() {
      return "rank correlation with " + (axis == null ? with : axis) + " of {" + of + "}";
    }
  }
}
