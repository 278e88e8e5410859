package io.eigensweep.cli;

import io.eigensweep.certify.CertificateFile;
import io.eigensweep.certify.Certification;
import io.eigensweep.certify.Certifier;
import io.eigensweep.certify.Digits;
import io.eigensweep.certify.EntryError;
import io.eigensweep.certify.Verdict;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.npy.NpyFile;
import io.eigensweep.settings.Names;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Proves bounds of the smallest eigenvalue of a kernel in a NumPy file. */
final class CertifyCommand {
  /** How the result is printed. */
  enum Format {
    TEXT,
    JSON;

    /** Reads a format as it is spelled on the command line. */
    static final class Reader implements ITypeConverter<Format> {
      @Override
      public Format convert(String text) {
        return Names.constant(Format.class, text)
            .orElseThrow(() -> new TypeConversionException("must be text or json, got " + text));
      }
    }
  }

  /** Reads what is known of the entries. */
  static final class EntryErrorReader implements ITypeConverter<EntryError> {
    @Override
    public EntryError convert(String text) {
      try {
        return EntryError.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  private static final int DIGITS = 6;

  private final PrintStream out;

  CertifyCommand(PrintStream out) {
    this.out = out;
  }

  /** Prints what is proved; 0 when that is positive definiteness, else 1. */
  int run(
      String file,
      boolean jacobian,
      EntryError entries,
      Format format,
      @Nullable String certificate) {
    Path path = path(file);
    Path target = certificate == null ? null : target(certificate, path);
    try (NpyFile array = NpyFile.open(path)) {
      Certification found = Certifier.of(array, jacobian, entries, Blas.of(BlasChoice.AUTO));
      if (format == Format.JSON) {
        out.println(Json.of(json(file, found, certificate)));
      } else {
        text(file, found, certificate);
      }
      if (target != null) {
        CertificateFile.write(target, array, found); // last: what was proved is told in any case
      }
      return found.verdict() == Verdict.POSITIVE_DEFINITE ? 0 : 1;
    } catch (IOException e) {
      throw new UsageException("can't write " + certificate + ": " + e);
    }
  }

  private static Path target(String certificate, Path file) {
    Path target = path(certificate);
    Path folder = target.toAbsolutePath().getParent();
    if (Files.isDirectory(target) || folder == null || !Files.isDirectory(folder)) {
      throw new UsageException(
          "--certificate must be a file in a folder that exists, got " + certificate);
    }
    try {
      if (Files.exists(target) && Files.exists(file) && Files.isSameFile(target, file)) {
        throw new UsageException("--certificate would replace " + file);
      }
    } catch (IOException e) {
      throw new UsageException("can't write " + certificate + ": " + e.getMessage());
    }
    return target;
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new UsageException("no path of this machine: " + e.getMessage());
    }
  }

  private void text(String file, Certification found, @Nullable String certificate) {
    line(
        found.kind(),
        "%s: %d × %d, %s, %s",
        file,
        found.rows(),
        found.columns(),
        found.dtype(),
        found.layout());
    line("entries", "%s (--entry-error %s)", found.assumption(), found.entries());
    line("floor", "%.3g", found.floor());
    line(
        "λ_min",
        "from %s to %s, proved",
        Digits.atMost(found.lambdaMinLower(), DIGITS),
        Digits.atLeast(found.lambdaMinUpper(), DIGITS));
    line("λ_max", "%.6g", found.lambdaMax());
    line("rank", "%d of %d above the floor", found.rank(), found.rows());
    line("negatives", "%d proved", found.negatives());
    line("verdict", "%s: %s", found.verdict(), found.reason());
    if (certificate != null) {
      line("certificate", "%s", certificate);
    }
  }

  private void line(String name, String format, Object... values) {
    out.printf(Locale.ROOT, "%-12s%s%n", name, String.format(Locale.ROOT, format, values));
  }

  private static Map<String, @Nullable Object> json(
      String file, Certification found, @Nullable String certificate) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("file", file);
    json.put("kind", found.kind());
    json.put("rows", found.rows());
    json.put("columns", found.columns());
    json.put("dtype", found.dtype());
    json.put("layout", found.layout());
    json.put("entry_error", found.entries().toString());
    json.put("floor", found.floor());
    json.put("lambda_min_lower", found.lambdaMinLower());
    json.put("lambda_min_upper", found.lambdaMinUpper());
    json.put("lambda_max", found.lambdaMax());
    json.put("rank", found.rank());
    json.put("negatives", found.negatives());
    json.put("verdict", found.verdict().toString());
    json.put("reason", found.reason());
    json.put("certificate", certificate);
    return json;
  }
}
