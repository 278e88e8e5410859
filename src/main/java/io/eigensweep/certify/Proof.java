package io.eigensweep.certify;

import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/**
 * What the bounds follow from, for a reader who trusts nobody.
 *
 * @param shift σ of a kernel's proof, τ of a Jacobian's
 * @param arrays by name, see docs/certify.md
 */
record Proof(double shift, Map<String, DMatrixRMaj> arrays) {}
