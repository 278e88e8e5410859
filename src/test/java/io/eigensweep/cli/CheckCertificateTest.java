package io.eigensweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Matrices that NumPy saves, and certificates that a reader checks with NumPy alone. */
class CheckCertificateTest {
  private static final String CHECKER = "docs/check_certificate.py";
  private static final int LONGEST = 150;

  /** Kernels and Jacobians of known smallest eigenvalues, in the layouts that NumPy writes. */
  private static final String SAVE =
      """
      import sys, numpy as np
      folder = sys.argv[1] + '/'
      random = np.random.RandomState(1)
      q, _ = np.linalg.qr(random.standard_normal((150, 150)))
      def kernel(values):
          k = (q * values) @ q.T
          return (k + k.T) / 2
      small = kernel(np.geomspace(1, 1e-8, 150))
      values = np.geomspace(1, 1e-3, 150)
      np.save(folder + 'small.npy', small)
      np.save(folder + 'small32.npy', small.astype(np.float32))
      np.save(folder + 'fortran.npy', np.asfortranarray(small.astype('>f8')))
      np.save(folder + 'singular.npy', kernel(np.where(np.arange(150) < 3, 0, values)))
      np.save(folder + 'indefinite.npy', kernel(np.where(np.arange(150) < 7, -values, values)))
      for version in (1, 2, 3):
          with open(folder + f'v{version}.npy', 'wb') as file:
              np.lib.format.write_array(file, kernel(values), version=(version, 0))
      j = random.standard_normal((30, 400))
      j[1] = j[0] + 1e-9 * random.standard_normal(400)
      np.save(folder + 'jacobian.npy', j)
      np.save(folder + 'jacobian32.npy', j.astype('>f4'))
      np.save(folder + 'transposed.npy', np.asfortranarray(j.T))
      np.save(folder + 'square.npy', random.standard_normal((20, 20)))
      np.save(folder + 'objects.npy', np.array([[1, 'a'], [None, 2]], dtype=object), allow_pickle=True)
      np.save(folder + 'complex.npy', small[:2, :2] * 1j)
      np.savez(folder + 'archive.npz', small)
      """;

  @TempDir static Path folder;

  @BeforeAll
  static void save() {
    Python.assumeNumpy();
    Python.script(SAVE, folder.toString());
  }

  @Test
  void theCheckerIsShort() throws IOException {
    assertThat(Files.readAllLines(Path.of(CHECKER))).hasSizeLessThanOrEqualTo(LONGEST);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "small      | 0 | λ_min       from 9.999          | positive definite",
        "small32    | 1 | the entries' error (rounding of | not resolved",
        "fortran    | 0 | Fortran order, big endian       | positive definite",
        "singular   | 1 | 147 of 150 above the floor      | not resolved: singular as far as",
        "indefinite | 1 | negatives   7 proved            | indefinite",
        "v1         | 0 | λ_min       from 9.999          | positive definite",
        "v2         | 0 | λ_min       from 9.999          | positive definite",
        "v3         | 0 | λ_min       from 9.999          | positive definite",
        "jacobian   | 0 | 30 of 30 above the floor        | positive definite",
        "jacobian32 | 1 | moves singular values by up to  | not resolved",
        "transposed | 1 | has more rows (400) than column | not resolved: singular: J",
        "square     | 0 | jacobian                        | positive definite",
      })
  void certificatesOfWhatNumpySavesAreChecked(String name, int code, String shown, String verdict) {
    Program program = certify(name);

    assertThat(program.code()).as(program.err()).isEqualTo(code);
    assertThat(program.out()).contains(shown, "verdict     " + verdict);
    Python.Ended checked = check(name, name);
    assertThat(checked.code()).as(checked.out()).isZero();
    assertThat(checked.out().lines())
        .hasSizeGreaterThan(4)
        .allMatch(line -> line.startsWith("ok "));
  }

  @ParameterizedTest
  @CsvSource({
    "objects.npy, pickled objects",
    "complex.npy, complex numbers (dtype <c16)",
    "archive.npz, is a zip archive",
    "square.npy, give --jacobian if it is a square Jacobian",
  })
  void otherFilesOfNumpyAreRefused(String name, String reason) {
    Program program = Program.run("certify", folder.resolve(name).toString());

    assertThat(program.code()).isEqualTo(2);
    assertThat(program.errorLines()).hasSize(1);
    assertThat(program.err()).contains(reason);
  }

  /** Byte 5 of an entry of about 0.1 counts 2^-12 of it, byte 0 less than rounding. */
  @ParameterizedTest
  @CsvSource({
    "small, 3 * 151, 5, lambda_min >=",
    "small, 3 * 150 + 9, 5, symmetric",
    "indefinite, 3 * 151, 6, lambda_min >=",
    "jacobian, 3 * 400 + 9, 6, lambda_min >=",
  })
  void oneByteOfTheMatrixBreaksTheProof(String name, String entry, int bytes, String broken) {
    assertThat(certify(name).err()).isEmpty();
    change(name, "raw[" + entry + ", " + bytes + "] ^= 16");

    Python.Ended other = check("changed", name);
    assertThat(other.code()).isEqualTo(1);
    assertThat(failures(other)).contains("SHA-256");

    rename(name, "claim['sha256'] = hashlib.sha256(open(matrix, 'rb').read()).hexdigest()");
    Python.Ended mathematics = check("changed", "changed");
    assertThat(mathematics.code()).isEqualTo(1);
    assertThat(failures(mathematics)).contains(broken).doesNotContain("SHA-256");
  }

  @Test
  void aSymmetricChangeBeyondTheSlackBreaksTheProofAndOneWithinItDoesNot() {
    certify("small");
    String hash = "claim['sha256'] = hashlib.sha256(open(matrix, 'rb').read()).hexdigest()";
    change("small", "a[3, 9] += 1e-11; a[9, 3] = a[3, 9]");
    rename("small", hash);
    assertThat(failures(check("changed", "changed"))).contains("lambda_min >=");

    change("small", "a[3, 9] += 1e-16; a[9, 3] = a[3, 9]");
    rename("small", hash);
    assertThat(check("changed", "changed").code()).isZero();
  }

  /** Claims that are a little better than what is proved, and parts that are not what they were. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "small      | claim['lambda_min_lower'] *= 1.001          | lambda_min >=",
        "small      | claim['lambda_min_upper'] *= 0.999          | lambda_min <=",
        "small      | claim['shift'] *= 1.01                      | lambda_min >=",
        "small      | claim['entry_error'] = {'kind': 'absolute', 'size': 1e-9} | lambda_min",
        "small      | arrays['factor'][5, 5] *= 1.0001            | lambda_min >=",
        "small      | arrays['factor'][5, 5] = np.nan             | lambda_min >=",
        "small      | arrays['vectors'][0] = np.eye(150)[0]       | lambda_min <=",
        "small      | claim['negatives'] = 1                      | eigenvalues are negative",
        "small      | claim['columns'] = 151                      | numbers of float64",
        "small      | claim['dtype'] = 'float32'                  | numbers of float64",
        "small      | claim['format'] = 'eigensweep certificate 2' | format is known",
        "indefinite | claim['negatives'] = 8                      | eigenvalues are negative",
        "indefinite | arrays['vectors'][1] = arrays['vectors'][0] | eigenvalues are negative",
        "jacobian   | claim['lambda_min_lower'] *= 1.01           | lambda_min >=",
        "jacobian   | claim['lambda_min_upper'] *= 0.99           | lambda_min <=",
        "jacobian   | claim['shift'] *= 0.5                       | lambda_min >=",
        "jacobian   | arrays['inverse'] *= 0.99                   | lambda_min >=",
        "transposed | claim['lambda_min_lower'] = 1e-30           | lambda_min = 0",
      })
  void aClaimThatIsNotProvedFails(String name, String change, String broken) {
    assertThat(certify(name).err()).isEmpty();
    rename(name, change);

    Python.Ended checked = check(name, "changed");
    assertThat(checked.code()).as(checked.out()).isEqualTo(1);
    assertThat(failures(checked)).contains(broken);
  }

  private static String failures(Python.Ended checked) {
    return String.join(
        "\n", checked.out().lines().filter(line -> line.startsWith("FAIL ")).toList());
  }

  private static Program certify(String name) {
    String matrix = folder.resolve(name + ".npy").toString();
    String certificate = folder.resolve(name + ".proof.npz").toString();
    return name.equals("square")
        ? Program.run("certify", matrix, "--jacobian", "--certificate", certificate)
        : Program.run("certify", matrix, "--certificate", certificate);
  }

  private static Python.Ended check(String matrix, String certificate) {
    return Python.run(
        CHECKER,
        folder.resolve(matrix + ".npy").toString(),
        folder.resolve(certificate + ".proof.npz").toString());
  }

  /** Saves a copy of {@code name} whose numbers a, or their bytes raw, are changed. */
  private static void change(String name, String change) {
    Python.script(
        """
        import sys, numpy as np
        a = np.load(sys.argv[1])
        raw = a.reshape(-1, 1).view(np.uint8)
        exec(sys.argv[3])
        np.save(sys.argv[2], a)
        """,
        folder.resolve(name + ".npy").toString(),
        folder.resolve("changed.npy").toString(),
        change);
  }

  /** Saves the certificate of {@code name}, changed itself, beside that copy. */
  private static void rename(String name, String change) {
    Python.script(
        """
        import hashlib, json, sys, zipfile, numpy as np
        matrix = sys.argv[3]
        proof = np.load(sys.argv[1])
        claim = json.loads(proof['claim.json'])
        arrays = {key: proof[key] for key in proof.files if key != 'claim.json'}
        exec(sys.argv[4])
        np.savez(sys.argv[2], **arrays)
        with zipfile.ZipFile(sys.argv[2], 'a') as archive:
            archive.writestr('claim.json', json.dumps(claim))
        """,
        folder.resolve(name + ".proof.npz").toString(),
        folder.resolve("changed.proof.npz").toString(),
        folder.resolve("changed.npy").toString(),
        change);
  }
}
