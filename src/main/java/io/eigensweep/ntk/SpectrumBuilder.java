package io.eigensweep.ntk;

import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.NullVector;
import io.eigensweep.linalg.SymmetricEigenvalues;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Eigenvalues of a kernel term, and bounds of the smallest that rounding can't move.
 *
 * <p>First the Gram route: all eigenvalues of the symmetric matrix, ascending, never clipped, each
 * known to the floor of {@link RoundingError#gramFloor}. Then upper bounds from short vectors
 * ({@link ShortCertificates}), and where the smallest eigenvalue is less than ten floors, from the
 * computed null vector too. Then, as the settings say, the {@link JacobianRoute}, whose bounds are
 * (σ ± e)², e of {@link RoundingError#singularValue}, and whose floor is e².
 */
public final class SpectrumBuilder {
  private static final double NEAR_FLOOR = 10;

  /** Begins {@code upper_from} where bounds exclude each other; then comes whose. */
  static final String CONTRADICTION = "contradiction: ";

  private final NtkSettings settings;
  private final Where where;
  private final List<Combination> combinations;
  private final RankLimit ranks;
  private final EvaluationError evaluation;
  private final Blas blas;

  /**
   * The points of a kernel.
   *
   * @param scope what they are
   * @param points how many
   * @param place which window, or null
   */
  record Where(Scope scope, int points, @Nullable String place) {}

  /**
   * A builder for the terms of one network.
   *
   * @param where the points
   * @param combinations candidates of short certificates
   * @param evaluation of the rows of its Jacobian
   */
  SpectrumBuilder(
      NtkSettings settings,
      Where where,
      List<Combination> combinations,
      RankLimit ranks,
      EvaluationError evaluation,
      Blas blas) {
    this.settings = settings;
    this.where = where;
    this.combinations = combinations;
    this.ranks = ranks;
    this.evaluation = evaluation;
    this.blas = blas;
  }

  /** The spectrum of {@code kernel}, the term {@code term} made of {@code factors}. */
  Spectrum of(int epoch, String term, JacobianFactors factors, DMatrixRMaj kernel) {
    RoundingError error = RoundingError.of(factors, evaluation, blas);
    double trace = trace(kernel);
    double[] gram = SymmetricEigenvalues.of(kernel, blas);
    double floor = error.gramFloor(trace);
    boolean near = gram[0] < NEAR_FLOOR * floor;
    ShortCertificates.Certificate upper =
        certificate(new ShortCertificates(factors, kernel, error), kernel, floor, near);
    Integer predicted = ranks.of(factors);
    Bounds known = new Bounds(gram[0] - floor, gram[0] + floor).with(upper);
    if (!usesJacobian(near, factors)) {
      return spectrum(known, epoch, term, where, "gram", floor, predicted, gram);
    }
    double[] sigma = JacobianRoute.singularValues(factors, blas);
    double wrong = error.singularValue(trace);
    double below = Math.max(0, sigma[0] - wrong);
    double above = sigma[0] + wrong;
    double[] squares = new double[sigma.length];
    for (int i = 0; i < squares.length; i++) {
      squares[i] = sigma[i] * sigma[i];
    }
    return spectrum(
        new Bounds(below * below, above * above).beside(known).with(upper),
        epoch,
        term,
        where,
        "jacobian",
        wrong * wrong,
        predicted,
        squares);
  }

  private ShortCertificates.Certificate certificate(
      ShortCertificates certificates, DMatrixRMaj kernel, double floor, boolean near) {
    ShortCertificates.Certificate best = certificates.best(combinations);
    if (near) {
      double[] vector = NullVector.of(kernel, floor, blas);
      if (vector != null) {
        ShortCertificates.Certificate other = certificates.of(vector, "null-vector", blas);
        return other.bound() < best.bound() ? other : best;
      }
    }
    return best;
  }

  private boolean usesJacobian(boolean near, JacobianFactors factors) {
    return switch (settings.method()) {
      case GRAM -> false;
      case JACOBIAN -> true;
      case AUTO ->
          near
              && settings.precision() == Precision.DOUBLE
              && JacobianRoute.seconds(factors.rows(), (double) factors.columns())
                  <= settings.jacobianBudget();
    };
  }

  /** The Gram route alone, for a matrix of which only its longest inner product is known. */
  static Spectrum gram(int epoch, String term, DMatrixRMaj matrix, int products, Blas blas) {
    double[] eigenvalues = SymmetricEigenvalues.of(matrix, blas);
    double floor =
        new RoundingError(blas.epsilon(), EvaluationError.NONE, products, matrix.numRows)
            .gramFloor(trace(matrix));
    Bounds bounds = new Bounds(eigenvalues[0] - floor, eigenvalues[0] + floor);
    Where sample = new Where(Scope.SAMPLE, matrix.numRows, null);
    return spectrum(bounds, epoch, term, sample, "gram", floor, null, eigenvalues);
  }

  /** Bounds of λ_min and what proves the upper one. */
  record Bounds(double lower, double upper, String from) {
    Bounds(double lower, double upper) {
      this(Math.max(0, lower), Math.max(0, upper), "floor");
    }

    /** These with the certificate's upper bound, where it is smaller. */
    Bounds with(ShortCertificates.Certificate certificate) {
      if (certificate.bound() < lower) {
        return contradicted(certificate.from(), upper);
      }
      return certificate.bound() < upper && !isContradiction()
          ? new Bounds(lower, certificate.bound(), certificate.from())
          : this;
    }

    /** These, or their contradiction where those of the other route exclude them. */
    Bounds beside(Bounds other) {
      if (other.isContradiction()) {
        return other;
      }
      return other.upper < lower || upper < other.lower
          ? contradicted("gram", Math.max(upper, other.upper))
          : this;
    }

    /**
     * What is left where two bounds exclude each other: the rounding of this kernel is not
     * understood, so that neither proves anything, and its smallest eigenvalue stays open.
     */
    private Bounds contradicted(String other, double largest) {
      return isContradiction() ? this : new Bounds(0, largest, CONTRADICTION + other);
    }

    boolean isContradiction() {
      return from.startsWith(CONTRADICTION);
    }
  }

  private static Spectrum spectrum(
      Bounds bounds,
      int epoch,
      String term,
      Where where,
      String method,
      double floor,
      @Nullable Integer predictedRank,
      double[] eigenvalues) {
    int negatives = 0;
    int rank = 0;
    for (double eigenvalue : eigenvalues) {
      negatives += eigenvalue < 0 ? 1 : 0;
      rank += eigenvalue > floor ? 1 : 0;
    }
    boolean resolved = bounds.lower() > 0 && bounds.upper() <= 2 * bounds.lower();
    double smallest = Math.max(bounds.lower(), Math.min(bounds.upper(), eigenvalues[0]));
    return new Spectrum(
        epoch,
        term,
        where.scope(),
        where.points(),
        where.place(),
        method,
        floor,
        negatives,
        rank,
        resolved ? smallest : null,
        bounds.lower(),
        bounds.upper(),
        bounds.from(),
        resolved,
        eigenvalues[eigenvalues.length - 1],
        new KernelFacts(predictedRank, effectiveRank(eigenvalues), null, null, null, null, null),
        eigenvalues);
  }

  private static double effectiveRank(double[] eigenvalues) {
    double sum = 0;
    for (double eigenvalue : eigenvalues) {
      sum += Math.max(0, eigenvalue);
    }
    double entropy = 0;
    for (double eigenvalue : eigenvalues) {
      double p = eigenvalue / sum;
      entropy -= p > 0 ? p * StrictMath.log(p) : 0;
    }
    return sum > 0 ? StrictMath.exp(entropy) : 0;
  }

  static double trace(DMatrixRMaj matrix) {
    double trace = 0;
    for (int i = 0; i < matrix.numRows; i++) {
      trace += matrix.get(i, i);
    }
    return trace;
  }
}
