package io.eigensweep.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.measure.Field;
import io.eigensweep.network.Parameters;
import io.eigensweep.result.Column;
import io.eigensweep.result.Tables;
import io.eigensweep.verify.Verdict.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class VerificationTest {
  private static TwoLibraries libraries;

  @BeforeAll
  static void run() throws IOException {
    libraries = new TwoLibraries();
  }

  private Verdict verdict(Map<String, @Nullable Object> row, @Nullable Parameters stored) {
    return new Verification(TwoLibraries.TRIAL, row, stored, libraries, 4).verdict();
  }

  /** The verdict of the row from elsewhere with {@code column} changed. */
  private Verdict altered(String column, @Nullable Object value) {
    Map<String, @Nullable Object> row = libraries.elsewhere();
    row.put(column, value);
    return verdict(row, libraries.stored());
  }

  /** The same with a field of one entry of a nested column changed. */
  private Verdict altered(String column, int entry, String field, @Nullable Object value) {
    List<Map<String, @Nullable Object>> structs = Rows.structs(libraries.elsewhere(), column);
    structs.get(entry).put(field, value);
    return altered(column, structs);
  }

  @Test
  void whatAnEarlierProgramDidNotMeasureIsSaidAndNoDifference() {
    Map<String, @Nullable Object> row = libraries.elsewhere();
    row.remove("hfen");
    Verdict verdict = verdict(row, libraries.stored());
    assertThat(verdict.kind()).as(verdict.text()).isEqualTo(Kind.CONSISTENT);
    assertThat(verdict.text()).endsWith("; the row, of an earlier program, does not have hfen");

    Map<String, @Nullable Object> own = libraries.row();
    own.remove("hfen");
    assertThat(verdict(own, null).kind()).isEqualTo(Kind.EQUAL);
  }

  @Test
  void anHonestRowFromElsewhereIsConsistent() {
    Verdict verdict = verdict(libraries.elsewhere(), libraries.stored());

    assertThat(verdict.kind()).as(verdict.text()).isEqualTo(Kind.CONSISTENT);
    assertThat(verdict.text())
        .startsWith("consistent (cpu another, here ")
        .contains(
            "108 initial eigenvalues to their floors",
            "stored weights re-evaluated (PSNR to ",
            "108 eigenvalues to their floors)",
            "losses equal to 1e-05");
  }

  @Test
  void itSaysWhatNoWeightsLeaveOpen() {
    Verdict verdict = verdict(libraries.elsewhere(), null);

    assertThat(verdict.kind()).as(verdict.text()).isEqualTo(Kind.CONSISTENT);
    assertThat(verdict.text()).contains("no stored weights", ", PSNR to ");
  }

  @Test
  void theSameCircumstancesWantEveryBit() {
    Map<String, @Nullable Object> row = libraries.row();
    row.put("git_commit", "another");
    row.put("code_version", "another");
    row.put("host", "another");
    assertThat(verdict(row, libraries.trained()))
        .isEqualTo(new Verdict(Kind.EQUAL, "equal in every bit, stored weights too"));

    row.put("psnr", Math.nextUp((Double) Objects.requireNonNull(row.get("psnr"))));
    Verdict another = verdict(row, libraries.trained());
    assertThat(another.kind()).isEqualTo(Kind.DIFFERENT);
    assertThat(another.text())
        .startsWith("DIFFERENT in 1 values (under the same circumstances): psnr");

    Verdict weights = verdict(libraries.row(), libraries.trained().nudged(1));
    assertThat(weights.kind()).isEqualTo(Kind.DIFFERENT);
    assertThat(weights.text()).contains("weights.safetensors: ");
  }

  @Test
  void anotherJvmIsAnotherCircumstance() {
    Map<String, @Nullable Object> row = libraries.row();
    row.put("java_version", "99");

    assertThat(verdict(row, libraries.trained()).text())
        .startsWith("equal in every bit, stored weights too (java_version 99, here ");
  }

  @Test
  void anotherSignalIsNamedFirst() {
    Verdict verdict = altered("signal_sha256", "0000");

    assertThat(verdict.kind()).isEqualTo(Kind.DIFFERENT);
    assertThat(verdict.text())
        .startsWith(
            "DIFFERENT in 1 values (another signal than that of the row): signal_sha256: 0000");
  }

  @Test
  void everyColumnThatIsAlteredIsFound() {
    for (Column column : Tables.TRIALS) {
      Field field = column.field();
      Object value = libraries.elsewhere().get(field.name());
      if (value instanceof List<?>
          || ComputeEnvironment.PASSED_OVER.contains(field.name())
          || field.name().equals("cpu")) {
        continue;
      }
      Verdict verdict = altered(field.name(), alteration(field, value));

      assertThat(verdict.kind()).as(field.name()).isEqualTo(Kind.DIFFERENT);
      assertThat(verdict.text()).contains(field.name());
    }
  }

  private static Object alteration(Field field, @Nullable Object value) {
    if (value instanceof Double number) {
      return number == 0 ? 1e-3 : number * 1.001;
    }
    if (value instanceof Long number) {
      return number + 1;
    }
    if (value instanceof Integer number) {
      return number + 1;
    }
    if (value instanceof Boolean truth) {
      return !truth;
    }
    if (value == null && !field.type().sql().equals("string")) {
      return field.type().sql().equals("double") ? (Object) 1.0 : (Object) 1;
    }
    return value + "x";
  }

  @Test
  void everyEigenvalueOfTheFirstSpectrumAboveItsFloorsIsHeld() {
    Map<String, @Nullable Object> spectrum = Rows.structs(libraries.elsewhere(), "spectra").get(0);
    double[] eigenvalues = Rows.numbers(spectrum, "eigenvalues");
    double floor = Rows.number(spectrum, "floor");
    for (int i = 0; i < eigenvalues.length; i++) {
      if (1e-3 * eigenvalues[i] > 4 * floor) {
        List<Double> changed = new ArrayList<>();
        for (double eigenvalue : eigenvalues) {
          changed.add(eigenvalue);
        }
        changed.set(i, 1.001 * eigenvalues[i]);
        Verdict verdict = altered("spectra", 0, "eigenvalues", changed);

        assertThat(verdict.kind()).isEqualTo(Kind.DIFFERENT);
        assertThat(verdict.text()).contains("spectra[0 total sample].eigenvalues[" + i + "]");
      }
    }
  }

  @Test
  void nestedValuesAreHeld() {
    List<Map<String, @Nullable Object>> curve = Rows.structs(libraries.elsewhere(), "curve");
    for (int epoch = 0; epoch < curve.size(); epoch++) {
      double loss = Rows.number(curve.get(epoch), "loss");
      assertThat(altered("curve", epoch, "loss", 1.001 * loss).kind()).isEqualTo(Kind.DIFFERENT);
    }
    List<Map<String, @Nullable Object>> spectra = Rows.structs(libraries.elsewhere(), "spectra");
    for (int i = 0; i < spectra.size(); i++) {
      for (String field :
          List.of("floor", "lambda_max", "lambda_min_upper", "effective_rank", "alignment")) {
        if (i >= 3 && i < 6 && field.equals("floor")) {
          continue; // of the checkpoint in the middle: nothing tells but its size
        }
        double value = Rows.number(spectra.get(i), field);
        assertThat(altered("spectra", i, field, 1.01 * value).kind())
            .as(i + "." + field)
            .isEqualTo(Kind.DIFFERENT);
      }
    }
    assertThat(altered("curve", curve.subList(0, 5)).kind()).isEqualTo(Kind.DIFFERENT);
    assertThat(altered("spectra", null).kind()).isEqualTo(Kind.DIFFERENT);
    assertThat(altered("modes", null).kind()).isEqualTo(Kind.DIFFERENT);
  }

  @Test
  void aPsnrAlteredInAllItsPlacesIsFoundByTheWeights() {
    Map<String, @Nullable Object> row = libraries.elsewhere();
    double psnr = 1.001 * Rows.number(row, "psnr");
    List<Map<String, @Nullable Object>> curve = Rows.structs(row, "curve");
    curve.get(curve.size() - 1).put("psnr", psnr);
    row.put("psnr", psnr);
    row.put("curve", curve);

    Verdict verdict = verdict(row, libraries.stored());

    assertThat(verdict.kind()).isEqualTo(Kind.DIFFERENT);
    assertThat(verdict.text()).contains("psnr: ", " from the stored weights (tolerance ");
  }

  @Test
  void alteredWeightsAreFound() {
    Parameters stored = libraries.stored();
    List<DMatrixRMaj> weights = new ArrayList<>();
    stored.weights().forEach(matrix -> weights.add(matrix.copy()));
    DMatrixRMaj last = weights.get(2);
    for (int i = 0; i < last.numCols; i++) {
      last.data[i] *= 1.001; // of one output alone
    }

    Verdict verdict =
        verdict(libraries.elsewhere(), new Parameters(weights, stored.biases(), stored.grids()));

    assertThat(verdict.kind()).isEqualTo(Kind.DIFFERENT);
    assertThat(verdict.text()).contains("psnr: ", " from the stored weights (tolerance ");
  }

  @Test
  void weightsOfAnotherShapeAreFound() {
    Parameters stored = libraries.stored();

    Verdict verdict =
        verdict(
            libraries.elsewhere(),
            new Parameters(stored.weights().subList(0, 2), stored.biases(), stored.grids()));

    assertThat(verdict.kind()).isEqualTo(Kind.DIFFERENT);
    assertThat(verdict.text()).contains("weights.safetensors: ");
  }

  @Test
  void aTrialThatEndsOtherwiseHereIsFound() {
    Map<String, @Nullable Object> row = libraries.elsewhere();
    row.put("status", "DIVERGED");
    row.put("failure_message", "the loss exploded in epoch 12");

    Verdict verdict = verdict(row, libraries.stored());

    assertThat(verdict.kind()).isEqualTo(Kind.DIFFERENT);
    assertThat(verdict.text()).contains("status: DIVERGED committed, and of 0 of 5 runs here");
  }
}
