package io.eigensweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eigensweep.npy.Npy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code certify} as a user calls it, on files as NumPy lays them out. */
class CertifyTest {
  /** What float32 can't tell from 0 beside numbers of about 1. */
  private static final double SMALL = 1.5e-8;

  @TempDir Path folder;

  @Test
  void provesAKernelInFloat64() {
    Program program = certify(kernel(SMALL), Npy.Layout.PLAIN);

    assertThat(program.err()).isEmpty();
    assertThat(program.code()).isZero();
    assertThat(program.out().lines().map(line -> line.substring(0, 12).strip()))
        .containsExactly(
            "kernel", "entries", "floor", "λ_min", "λ_max", "rank", "negatives", "verdict");
    assertThat(program.out())
        .contains(
            "k.npy: 16 × 16, float64, C order, little endian",
            "each the nearest float64 of the exact number (--entry-error rounding)",
            "λ_min       from 1.4999",
            " to 1.5000",
            ", proved",
            "16 of 16 above the floor",
            "positive definite: every kernel within the entries' error has λ_min ≥ 1.4");
  }

  @Test
  void saysWhyTheSameInFloat32IsNotResolved() {
    Program program = certify(kernel(SMALL), Npy.Layout.SINGLE);

    assertThat(program.code()).isEqualTo(1);
    assertThat(program.out())
        .contains(
            "float32",
            "verdict     not resolved: ",
            "the entries' error (rounding of float32) moves eigenvalues by up to",
            "compute and save it in float64, or certify its Jacobian");
  }

  @Test
  void doesNotCallASingularKernelMore() {
    Program program = certify(kernel(0), Npy.Layout.PLAIN);

    assertThat(program.code()).isEqualTo(1);
    assertThat(program.out())
        .contains(
            "15 of 16 above the floor", "0 proved", "not resolved: singular as far as float64");
  }

  @Test
  void readsFortranOrderAndBigEndian() {
    Program plain = certify(kernel(SMALL), Npy.Layout.PLAIN);
    Program other = certify(kernel(SMALL), new Npy.Layout(3, false, true, true));

    assertThat(other.code()).isZero();
    assertThat(other.out()).contains("Fortran order, big endian");
    assertThat(other.out().lines().skip(1).toList())
        .isEqualTo(plain.out().lines().skip(1).toList());
  }

  @Test
  void printsJson() throws IOException {
    JsonNode json =
        new ObjectMapper()
            .readTree(certify(kernel(-0.25), Npy.Layout.PLAIN, "--format", "json").out());

    assertThat(json.get("kind").asText()).isEqualTo("kernel");
    assertThat(json.get("rows").asInt()).isEqualTo(16);
    assertThat(json.get("entry_error").asText()).isEqualTo("rounding");
    assertThat(json.get("verdict").asText()).isEqualTo("indefinite");
    assertThat(json.get("negatives").asInt()).isEqualTo(1);
    assertThat(json.get("lambda_min_lower").asDouble()).isBetween(-0.25 - 1e-9, -0.25);
    assertThat(json.get("lambda_min_upper").asDouble()).isBetween(-0.25, -0.25 + 1e-9);
    assertThat(json.get("certificate").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FILE --entry-error 1e-6           | must be rounding, none, relative:X or absolute:X",
        "FILE --format csv                 | must be text or json, got csv",
        "FILE --certificate FILE           | --certificate would replace",
        "FILE --certificate FILE/x.npz     | --certificate must be a file in a folder that exists",
        "FILE --nonsense                   | --nonsense",
        "                                  | FILE",
        "absent.npy                        | absent.npy is not there",
        "pom.xml                           | pom.xml is no .npy file",
      })
  void refusesMisuseInOneLine(String arguments, String reason) {
    Path file = Npy.write(folder.resolve("k.npy"), kernel(1), Npy.Layout.PLAIN);
    String[] words =
        (arguments == null ? "certify" : "certify " + arguments.replace("FILE", file.toString()))
            .split(" ", -1);

    assertRefused(Program.run(words), reason);
  }

  @Test
  void refusesOtherMatricesInOneLine() {
    DMatrixRMaj crooked = kernel(1);
    crooked.set(3, 2, 7);
    assertRefused(
        certify(crooked, Npy.Layout.PLAIN), "is not symmetric: entries (3, 2) and (2, 3)");
    crooked.set(3, 2, Double.NaN);
    assertRefused(certify(crooked, Npy.Layout.PLAIN), "k.npy: entry (3, 2) is NaN");
    byte[] whole = Npy.bytes(kernel(1), Npy.Layout.PLAIN);
    Path cut = Npy.write(folder.resolve("cut.npy"), Arrays.copyOf(whole, whole.length - 8));
    assertRefused(Program.run("certify", cut.toString()), "cut.npy is truncated");
    Path pickled =
        Npy.write(
            folder.resolve("o.npy"),
            Npy.header(1, "{'descr': '|O', 'fortran_order': False, 'shape': (2, 2), }"));
    assertRefused(Program.run("certify", pickled.toString()), "pickled objects");
  }

  @Test
  void theSameCertificateIsWrittenTwice() throws IOException {
    Path first = folder.resolve("a.npz");
    Path second = folder.resolve("b.npz");
    certify(kernel(SMALL), Npy.Layout.PLAIN, "--certificate", first.toString());
    certify(kernel(SMALL), Npy.Layout.PLAIN, "--certificate", second.toString());

    assertThat(first).hasSameBinaryContentAs(second);
    assertThat(Files.size(first)).isBetween(500L, 4000L);
  }

  @Test
  void tellsWhatIsProvedAlthoughTheCertificateCanNotBeWritten() {
    Path tooLong = folder.resolve("x".repeat(300));
    Program program = certify(kernel(SMALL), Npy.Layout.PLAIN, "--certificate", tooLong.toString());

    assertThat(program.code()).isEqualTo(2);
    assertThat(program.errorLines()).singleElement().asString().contains("can't write " + tooLong);
    assertThat(program.out()).contains("verdict     positive definite");
    assertThat(folder).isDirectoryContaining("glob:**/k.npy");
    assertThat(folder.toFile().list()).hasSize(1);
  }

  /** Eigenvalues 1 but for {@code smallest} along (1, −1, 1, …), 16 rows. */
  private static DMatrixRMaj kernel(double smallest) {
    DMatrixRMaj matrix = new DMatrixRMaj(16, 16);
    for (int i = 0; i < 16; i++) {
      for (int j = 0; j < 16; j++) {
        double sign = (i + j) % 2 == 0 ? 1 : -1;
        matrix.set(i, j, (i == j ? 1 : 0) + (smallest - 1) * sign / 16);
      }
    }
    return matrix;
  }

  private static void assertRefused(Program program, String reason) {
    assertThat(program.code()).isEqualTo(2);
    assertThat(program.errorLines()).hasSize(1);
    assertThat(program.err()).contains(reason).doesNotContain("Exception");
    assertThat(program.out()).isEmpty();
  }

  private Program certify(DMatrixRMaj matrix, Npy.Layout layout, String... options) {
    Path file = Npy.write(folder.resolve("k.npy"), matrix, layout);
    String[] words = new String[options.length + 2];
    words[0] = "certify";
    words[1] = file.toString();
    System.arraycopy(options, 0, words, 2, options.length);
    return Program.run(words);
  }
}
