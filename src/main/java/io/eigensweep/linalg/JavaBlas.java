package io.eigensweep.linalg;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * netlib's pure Java library: its vector version where the JVM has {@code jdk.incubator.vector}
 * (every Spark 4 JVM has), else its scalar one.
 */
final class JavaBlas {
  /** Held here because the log manager holds loggers only weakly. */
  private static final Logger NETLIB = Logger.getLogger("dev.ludovic.netlib.blas");

  private JavaBlas() {}

  /** Keeps netlib's choice of implementation out of the log: each row's {@code blas} names it. */
  static void quieten() {
    NETLIB.setLevel(Level.WARNING);
  }

  static BLAS library() {
    quieten();
    return JavaBLAS.getInstance();
  }
}
