package io.eigensweep.certify;

import io.eigensweep.npy.NpyFile;
import io.eigensweep.npy.NpzWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Writes a certificate: an archive for {@code numpy.load} with {@code claim.json} and the arrays of
 * the proof. docs/certify.md has its fields, docs/check_certificate.py checks it.
 */
public final class CertificateFile {
  private CertificateFile() {}

  /**
   * Writes the certificate of {@code certification}, made from {@code file}: whole, or not at all.
   *
   * @throws IOException when {@code target} can't be written
   */
  public static void write(Path target, NpyFile file, Certification certification)
      throws IOException {
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      write(Files.newOutputStream(target), file, certification); // a pipe or a device
      return;
    }
    Path place = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
    Path fresh = place.resolveSibling(".certificate-" + UUID.randomUUID());
    try {
      write(
          Files.newOutputStream(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
          file,
          certification);
      Files.move(fresh, place, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static void write(OutputStream target, NpyFile file, Certification certification)
      throws IOException {
    try (NpzWriter archive = new NpzWriter(target)) {
      archive.add("claim.json", claim(file, certification));
      for (var array : new TreeMap<>(certification.proof().arrays()).entrySet()) {
        archive.add(array.getKey(), array.getValue());
      }
    }
  }

  private static String claim(NpyFile file, Certification certification) {
    return String.format(
        Locale.ROOT,
        """
        {"format": "eigensweep certificate 1",
         "sha256": "%s",
         "kind": "%s", "rows": %d, "columns": %d, "dtype": "%s",
         "entry_error": {"kind": "%s", "size": %s},
         "lambda_min_lower": %s,
         "lambda_min_upper": %s,
         "negatives": %d,
         "shift": %s}
        """,
        file.sha256(),
        certification.kind(),
        certification.rows(),
        certification.columns(),
        certification.dtype(),
        certification.entries().kind().name().toLowerCase(Locale.ROOT),
        certification.entries().size(),
        certification.lambdaMinLower(),
        certification.lambdaMinUpper(),
        certification.negatives(),
        certification.proof().shift());
  }
}
