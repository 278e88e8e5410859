package io.eigensweep.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyFileTest {
  private static final String TYPE = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }";

  @TempDir Path folder;

  static Stream<Npy.Layout> layouts() {
    return IntStream.range(0, 24)
        .mapToObj(i -> new Npy.Layout(1 + i % 3, i / 3 % 2 == 1, i / 6 % 2 == 1, i / 12 % 2 == 1));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void readsEveryLayout(Npy.Layout layout) {
    DMatrixRMaj matrix = new DMatrixRMaj(5, 7);
    Arrays.setAll(matrix.data, i -> (i * 37 % 11 - 5) * 0.25);
    Path path = Npy.write(folder.resolve("a.npy"), matrix, layout);

    try (NpyFile file = NpyFile.open(path)) {
      assertThat(file.rows()).isEqualTo(5);
      assertThat(file.columns()).isEqualTo(7);
      assertThat(file.dtype()).isEqualTo(layout.single() ? "float32" : "float64");
      assertThat(file.layout())
          .isEqualTo(
              (layout.fortran() ? "Fortran" : "C")
                  + " order, "
                  + (layout.big() ? "big" : "little")
                  + " endian");
      DMatrixRMaj whole = new DMatrixRMaj(5, 7);
      file.read(0, 0, whole);
      assertThat(whole.data).isEqualTo(matrix.data);
      DMatrixRMaj block = new DMatrixRMaj(2, 3);
      file.read(3, 4, block);
      for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 3; j++) {
          assertThat(block.get(i, j)).isEqualTo(matrix.get(3 + i, 4 + j));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'shape': (2, 2), 'fortran_order': False, 'descr': '<f8'}",
        "{ 'descr' : 'f8' , 'fortran_order' : False , 'shape' : (2L, 2L) }",
        "{'descr': '=f8', 'fortran_order': False, 'shape': (2,2)}",
      })
  void readsHeadersOfOtherWriters(String dictionary) {
    try (NpyFile file = NpyFile.open(file(dictionary, 32))) {
      assertThat(file.rows()).isEqualTo(2);
    }
  }

  static Stream<Arguments> otherArrays() {
    return Stream.of(
        type(
            "'|O'", "holds pickled objects (dtype |O), which are never unpickled, must be float32"),
        type("'<c16'", "complex numbers (dtype <c16), must be float32 or float64: np.save("),
        type("'<i8'", "integers (dtype <i8)"),
        type("'|u1'", "integers (dtype |u1)"),
        type("'|b1'", "truth values (dtype |b1)"),
        type("'<f2'", "floats of another width (dtype <f2)"),
        type("'<f16'", "floats of another width (dtype <f16)"),
        type("'|V2'", "raw bytes (bfloat16?) (dtype |V2)"),
        type("'<M8[s]'", "something else (dtype <M8[s])"),
        type("[('a', '<f8'), ('b', '<f8')]", "records (dtype [(a, <f8), (b, <f8)])"),
        shape("(4,)", "has 1 dimensions (4,), must have 2: a kernel N × N, or a Jacobian N × P"),
        shape("()", "has 0 dimensions (), must have 2"),
        shape("(1, 2, 2)", "has 3 dimensions (1, 2, 2), must have 2"),
        shape("(0, 0)", "is empty: its shape is (0, 0)"),
        shape("(3, 0)", "is empty: its shape is (3, 0)"),
        shape("(2, 99999999999999999999)", "has a header that NumPy does not write: {'descr'"),
        shape("(2, ,2)", "has a header that NumPy does not write"),
        shape("2", "has a header that NumPy does not write"),
        shape(
            "(2, 3)",
            "is truncated: its 2 × 3 numbers of float64 end at byte 176, the file at 160"),
        shape("(99999999999, 99999999999)", "is truncated"),
        shape("(2, 1)", "has 16 bytes too many: its 2 × 1 numbers of float64 end there"),
        Arguments.of(
            "{'descr': '<f8', 'shape': (2, 2), }", "has a header that NumPy does not write"),
        Arguments.of(
            "{'descr': '<f8', 'fortran_order': (1,), 'shape': (2, 2), }",
            "has a header that NumPy"),
        Arguments.of(
            "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 2), 'a': 'b'}",
            "has a header that"),
        Arguments.of(
            "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 2), } more", "has a header that"),
        Arguments.of(
            "__import__('os').system('true')",
            "has a header that NumPy does not write: __import__("));
  }

  private static Arguments type(String descr, String reason) {
    return Arguments.of(
        "{'descr': " + descr + ", 'fortran_order': False, 'shape': (2, 2), }", reason);
  }

  private static Arguments shape(String shape, String reason) {
    return Arguments.of(
        "{'descr': '<f8', 'fortran_order': False, 'shape': " + shape + ", }", reason);
  }

  @ParameterizedTest
  @MethodSource("otherArrays")
  void refusesOtherArrays(String dictionary, String reason) {
    assertRefused(file(dictionary, 32), reason);
  }

  @Test
  void refusesFilesThatAreNone() throws IOException {
    byte[] whole = Npy.bytes(new DMatrixRMaj(2, 2), Npy.Layout.PLAIN);
    for (int length : List.of(0, 3, 7, 9, 11, 60)) {
      Path path = Npy.write(folder.resolve("short.npy"), Arrays.copyOf(whole, length));
      assertRefused(path, "is truncated: it ends");
    }
    assertRefused(
        Npy.write(folder.resolve("cut.npy"), Arrays.copyOf(whole, whole.length - 1)),
        "is truncated: its 2 × 2 numbers of float64 end at byte 160, the file at 159");
    assertRefused(
        Npy.write(folder.resolve("long.npy"), Arrays.copyOf(whole, whole.length + 3)),
        "has 3 bytes too many: its 2 × 2 numbers of float64 end there");
    whole[6] = 4;
    assertRefused(
        Npy.write(folder.resolve("new.npy"), whole), "has format version 4.0, must be 1.0, 2.0 or");
    byte[] longHeader = Npy.header(2, TYPE);
    longHeader[10] = 1;
    assertRefused(
        Npy.write(folder.resolve("header.npy"), longHeader),
        "has a header of 65652 bytes, at most");
    assertRefused(
        Npy.write(folder.resolve("a.npz"), new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0}),
        "is a zip archive (.npz or .pt), must be one array");
    assertRefused(
        Npy.write(folder.resolve("text.npy"), "1 0\n0 1\n".getBytes(StandardCharsets.UTF_8)),
        "is no .npy file: it does not begin with \\x93NUMPY");
    assertRefused(folder, "is a folder");
    assertRefused(folder.resolve("absent.npy"), "is not there");
    assertThat(Files.exists(folder.resolve("absent.npy"))).isFalse();
  }

  @Test
  void saysWhereANumberIsNotFinite() {
    for (double value : List.of(Double.NaN, Double.NEGATIVE_INFINITY)) {
      for (boolean fortran : List.of(false, true)) {
        DMatrixRMaj matrix = new DMatrixRMaj(3, 4);
        matrix.set(2, 1, value);
        Path path =
            Npy.write(folder.resolve("nan.npy"), matrix, new Npy.Layout(1, true, false, fortran));
        try (NpyFile file = NpyFile.open(path)) {
          assertThatThrownBy(() -> file.read(1, 0, new DMatrixRMaj(2, 2)))
              .isInstanceOf(UnreadableArrayException.class)
              .hasMessage(path + ": entry (2, 1) is " + value);
        }
      }
    }
  }

  @Test
  void hashesTheWholeFile() {
    byte[] large = Npy.bytes(new DMatrixRMaj(512, 300), Npy.Layout.PLAIN);
    try (NpyFile file = NpyFile.open(Npy.write(folder.resolve("a.npy"), large))) {
      assertThat(file.sha256()).isEqualTo(sha256(large)).isEqualTo(file.sha256());
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return java.util.HexFormat.of()
          .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path file(String dictionary, int bytes) {
    byte[] header = Npy.header(1, dictionary);
    return Npy.write(folder.resolve("file.npy"), Arrays.copyOf(header, header.length + bytes));
  }

  private static void assertRefused(Path path, String reason) {
    assertThatThrownBy(() -> NpyFile.open(path))
        .isInstanceOf(UnreadableArrayException.class)
        .hasMessageStartingWith(path + " ")
        .hasMessageContaining(reason);
  }
}
