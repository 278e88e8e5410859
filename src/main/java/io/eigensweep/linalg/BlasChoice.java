package io.eigensweep.linalg;

/** Which matrix library a trial asks for. */
public enum BlasChoice {
  /** The native library where it loads, else Java. */
  AUTO,
  /** OpenBLAS; a trial fails where it does not load. */
  NATIVE,
  /** The pure Java library, for machines without a native one and as the reference. */
  JAVA
}
