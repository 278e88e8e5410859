package io.eigensweep.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.picture.JpegBytes;
import io.eigensweep.picture.PngBytes;
import java.awt.image.BufferedImage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PictureReaderTest {
  private final PictureReader reader = new PictureReader(new Configuration(false));

  @TempDir Path folder;

  @Test
  void wholePictureKeepsItsShapeAndOrder() throws IOException {
    // Two rows of three pixels; red counts columns, green rows.
    byte[] png =
        PngBytes.of(3, 2, 8, PngBytes.RGB)
            .rows(
                PngBytes.bytes(0, 0, 9, 51, 0, 9, 102, 0, 9),
                PngBytes.bytes(0, 255, 9, 51, 255, 9, 102, 255, 9))
            .build();
    Files.write(folder.resolve("any name"), png);

    LoadedPicture loaded = reader.read(file("any name", null));

    assertThat(loaded.image().width()).isEqualTo(3);
    assertThat(loaded.image().height()).isEqualTo(2);
    assertThat(loaded.image().values())
        .startsWith(0f, 0f, 9 / 255f, 0.2f, 0f, 9 / 255f)
        .endsWith(0.4f, 1f, 9 / 255f);
    assertThat(loaded.meanRed()).isCloseTo(51, within(1e-9));
    assertThat(loaded.meanGreen()).isCloseTo(127.5, within(1e-9));
    assertThat(loaded.meanBlue()).isCloseTo(9, within(1e-9));
  }

  @Test
  void sizeCutsAndResamplesButTheMeansAreOfTheWhole() throws IOException {
    // Four columns of which the centre two are white.
    byte[] row = PngBytes.bytes(0, 255, 255, 0);
    Files.write(
        folder.resolve("p.png"), PngBytes.of(4, 2, 8, PngBytes.GRAY).rows(row, row).build());

    LoadedPicture loaded = reader.read(file("p.png", 5));

    assertThat(loaded.image().width()).isEqualTo(5);
    assertThat(loaded.image().values()).hasSize(75).containsOnly(1f);
    assertThat(loaded.sourceWidth()).isEqualTo(4);
    assertThat(loaded.sourceHeight()).isEqualTo(2);
    assertThat(loaded.meanRed()).isCloseTo(127.5, within(1e-9));
  }

  @Test
  void digestIsThatOfTheFile() throws IOException {
    byte[] png = PngBytes.of(2, 2, 8, PngBytes.GRAY).rows(new byte[2], new byte[2]).build();
    Files.write(folder.resolve("a.png"), png);
    Files.write(folder.resolve("b.JPEG"), png);

    String digest = reader.read(file("a.png", null)).sha256();

    assertThat(digest).matches("[0-9a-f]{64}");
    assertThat(reader.read(file("b.JPEG", 2)).sha256()).isEqualTo(digest);
  }

  @Test
  void gifAndBmpAreReadByContent() throws IOException {
    BufferedImage image = new BufferedImage(6, 8, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 48; i++) {
      image.setRGB(i % 6, i / 6, i % 6 < 3 ? 0xFF0000 : 0x00FF00);
    }
    for (String format : List.of("gif", "bmp")) {
      ImageIO.write(image, format, folder.resolve(format + ".JPEG").toFile());

      LoadedPicture loaded = reader.read(file(format + ".JPEG", null));

      assertThat(loaded.image().values()).startsWith(1f, 0f, 0f).endsWith(0f, 1f, 0f);
      assertThat(loaded.meanRed()).isCloseTo(127.5, within(1e-9));
    }
  }

  @Test
  void unreadableFilesAreNamedWithTheReason() throws IOException {
    Files.write(folder.resolve("it's 100%.JPEG"), new byte[0]);

    assertThatThrownBy(() -> reader.read(file("it's 100%.JPEG", null)))
        .isInstanceOf(UnreadableSignalException.class)
        .hasMessage("file:" + folder + "/it's 100%.JPEG: the file is empty");
    assertThatThrownBy(() -> reader.read(file("none.JPEG", null)))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("none.JPEG");
  }

  /** An empty mount point tells nothing of a file; a folder with other pictures does. */
  @Test
  void aMissingFileIsToldFromAMissingFolder() throws IOException {
    assertThatThrownBy(() -> reader.read(file("a.JPEG", null)))
        .isInstanceOf(FileNotFoundException.class)
        .isNotInstanceOf(MissingSignalException.class);
    Files.write(folder.resolve("README"), new byte[] {1});
    assertThatThrownBy(() -> reader.read(file("a.JPEG", null)))
        .isNotInstanceOf(MissingSignalException.class);
    Files.write(folder.resolve("b.jpeg"), new byte[] {1});
    assertThatThrownBy(() -> reader.read(file("a.JPEG", null)))
        .isInstanceOf(MissingSignalException.class)
        .hasMessageContaining("a.JPEG");
  }

  @Test
  void aFolderInThePlaceOfAPictureIsContent() throws IOException {
    Files.createDirectory(folder.resolve("a.JPEG"));
    assertThatThrownBy(() -> reader.read(file("a.JPEG", null)))
        .isInstanceOf(UnreadableSignalException.class);
  }

  @Test
  void oneReaderServesManyThreads() throws Exception {
    for (int i = 0; i < 8; i++) {
      Files.write(
          folder.resolve(i + ".jpg"),
          JpegBytes.withAdobe(JpegBytes.flat(32, 32, 30 * i, 0, 0, 255), 0));
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<LoadedPicture>> loaded = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        Signal.ImageFile signal = file(i % 8 + ".jpg", 16);
        loaded.add(threads.submit(() -> reader.read(signal)));
      }
      for (int i = 0; i < 64; i++) {
        assertThat(loaded.get(i).get().meanRed()).isCloseTo(30 * (i % 8), within(1.01));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private Signal.ImageFile file(String name, @Nullable Integer size) {
    return new Signal.ImageFile("file:" + folder, name, size, Coordinates.CENTERS);
  }
}
