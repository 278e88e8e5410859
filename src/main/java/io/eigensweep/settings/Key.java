package io.eigensweep.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one hyperparameter where it lives: the record component of its owner. The job reader,
 * the canonical JSON, the result columns and the documentation are all derived from it, so that a
 * default, a unit and a meaning exist once.
 *
 * <p>The key of a component in a job file is its name in kebab case ({@code hiddenLayers} is {@code
 * hidden-layers}).
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {

  /** What the value means, in one sentence without a final stop. */
  String meaning();

  /**
   * The default as it would be written in YAML; empty means that the key is required. Of an {@link
   * #optional} key it is what the record takes for an absent value where its other keys ask for
   * one.
   */
  String fallback() default "";

  /** The unit of the value, empty for pure numbers and names. */
  String unit() default "";

  /** True when the key may be absent; the record is then made with {@code null}. */
  boolean optional() default false;

  /** The column of the {@code trials} table; empty means the component's name in snake case. */
  String column() default "";

  /**
   * False for fields that can't change a number (an address, a list of artefacts): they stay out of
   * the trial id.
   */
  boolean identity() default true;

  /**
   * True for fields that name the picture, not how it is presented: what a comparison averages
   * over.
   */
  boolean picture() default false;

  /**
   * True for a block with types whose type stands for it as a scalar in the canonical JSON, with
   * its keys beside it. Jobs may write it so too; it was no block when rows were committed.
   */
  boolean flat() default false;

  /**
   * True for keys that were added after rows had been committed: at its default the key stays out
   * of the trial id, so that those rows keep theirs.
   */
  boolean omitDefault() default false;
}
