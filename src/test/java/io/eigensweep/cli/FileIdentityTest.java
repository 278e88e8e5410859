package io.eigensweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trial is named after its file; which file that was is noticed all the same. */
class FileIdentityTest {
  @TempDir Path folder;
  private Path picture;

  @BeforeEach
  void draw() throws IOException {
    picture = draw("one", 0xff0000);
  }

  /** Two pictures of one name and one length, with other bytes. */
  private Path draw(String parent, int colour) throws IOException {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 16; i++) {
      image.setRGB(i, i, colour);
    }
    Path file = Files.createDirectories(folder.resolve(parent)).resolve("pic.bmp");
    ImageIO.write(image, "bmp", file.toFile());
    return file;
  }

  private Program sweep(String signals) throws IOException {
    Path job = folder.resolve("job.yaml");
    Files.writeString(
        job,
        """
        name: identity
        signal: %s
        encoding: {type: identity}
        network: {hidden-layers: 1, width: 16}
        training: {learning-rate: 10, epochs: 1}
        ntk: {epochs: []}
        """
            .formatted(signals));
    return Program.run("sweep", job.toString(), "--out", folder.resolve("out").toString());
  }

  private Program sweep(Path file) throws IOException {
    return sweep("{type: image, path: \"" + file + "\"}");
  }

  @Test
  void twoFilesOfOneNameInOneJobAreRefused() throws IOException {
    Path other = draw("two", 0x00ff00);
    Program both =
        sweep(
            "[{type: image, path: \"%s\"}, {type: image, path: \"%s\"}]".formatted(picture, other));

    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).contains("two files would be one trial", "/one\"", "/two\"");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aFileThatWasReplacedOrIsAnotherOfItsNameStopsTheSweepThatGoesOn() throws IOException {
    assertThat(sweep(picture).out()).contains("1 of 1 trials committed: 1 SUCCEEDED");
    FileTime time = Files.getLastModifiedTime(picture);

    Program other = sweep(draw("two", 0x00ff00));
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("the content of a file is another than in the rows", "/two\"");

    Files.copy(folder.resolve("two/pic.bmp"), picture, StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(picture, FileTime.fromMillis(time.toMillis() + 1000));
    Program replaced = sweep(picture);
    assertThat(replaced.code()).isEqualTo(2);
    assertThat(replaced.err()).contains("the content of a file is another", "pic.bmp");
  }

  @Test
  void aFileThatWasTouchedOrMovedIsStillItself() throws IOException {
    assertThat(sweep(picture).code()).isZero();

    Files.setLastModifiedTime(picture, FileTime.fromMillis(1_000_000_000_000L));
    assertThat(sweep(picture).out()).contains("nothing to do: all 1 trials are committed");
    Path moved = Files.createDirectories(folder.resolve("elsewhere")).resolve("pic.bmp");
    Files.move(picture, moved);
    assertThat(sweep(moved).out()).contains("nothing to do: all 1 trials are committed");
  }
}
