package io.eigensweep.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eigensweep.picture.GeneratedKind;
import io.eigensweep.picture.JpegBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SignalResolverTest {
  private static final List<String> ODD_NAMES =
      List.of(
          "-rf --out.JPEG",
          "<script>alert(1).JPEG",
          "=1+1.JPEG",
          "n2_100%25.JPEG",
          "n2_5",
          "n2_[x].JPEG",
          "n2_a b .JPEG",
          "n2_a+b&c#d?.JPEG",
          "n2_line\nbreak\ttab.JPEG",
          "n2_potter's \"wheel\".JPEG",
          "n2_time: 12.JPEG",
          "n2_u\u0308ber.JPEG", // the other normal form of a letter than below
          "n2_{a,b}*.JPEG",
          "n2_übung.JPEG",
          "n2_字.JPEG",
          "n2_\uD83D\uDE00.JPEG");

  private final SignalResolver resolver = new SignalResolver(new Configuration(false));
  private final PictureReader reader = new PictureReader(new Configuration(false));

  @TempDir Path root;

  @BeforeEach
  void layOut() throws IOException {
    byte[] picture = JpegBytes.flat(16, 8, 100);
    Files.write(root.resolve("Thumbs.db"), new byte[2]);
    Files.write(root.resolve(".DS_Store"), new byte[2]);
    Files.write(root.resolve("n90000006"), new byte[2]);
    Files.createDirectories(root.resolve("_SUCCESS.d"));
    Files.createDirectories(root.resolve("n0"));
    write("n1/n1_2.JPEG", picture);
    write("n1/n1_10.png", picture);
    write("n1/.hidden.JPEG", picture);
    for (String name : ODD_NAMES) {
      write("n2/" + name, picture);
    }
    write("n3/images/n3_1.JPEG", picture);
    write("n3/images/n3_0.JPEG", picture);
    write("n3/n3_boxes.txt", new byte[1]);
  }

  private LoadedPicture picture(Signal signal) throws IOException {
    return reader.read((PictureSignal) signal);
  }

  @Test
  void classesAndFilesAreSortedAndCounted() {
    Resolution resolution = resolver.resolve(imagenet(root.toString(), "all", null, "all"));

    List<String> names = new ArrayList<>();
    resolution.signals().forEach(signal -> names.add(signal.label() + "/" + signal.id()));
    List<String> expected = new ArrayList<>(List.of("n1/n1_10.png", "n1/n1_2.JPEG"));
    ODD_NAMES.forEach(name -> expected.add("n2/" + name));
    expected.addAll(List.of("n3/images/n3_0.JPEG", "n3/images/n3_1.JPEG"));
    assertThat(names).isEqualTo(expected);
    assertThat(resolution.classesFound()).isEqualTo(3);
    assertThat(resolution.filesFound()).isEqualTo(20);
  }

  @Test
  void whateverIsIgnoredIsSaid() {
    Resolution resolution = resolver.resolve(imagenet(root.toString(), "all", null, "all"));

    String folder = "file:" + root;
    assertThat(resolution.notes())
        .containsExactlyInAnyOrder(
            "ignored in "
                + folder
                + ": files with a class's name, which are no class folders: 1 (n90000006)",
            "ignored in " + folder + ": files of other kinds, by their names: 1 (Thumbs.db)",
            "ignored in " + folder + ": hidden entries: 2 (.DS_Store, _SUCCESS.d)",
            "ignored in " + folder + "/n1: hidden entries: 1 (.hidden.JPEG)",
            "ignored in " + folder + "/n3: files of other kinds, by their names: 1 (n3_boxes.txt)",
            "ignored in " + folder + ": class folders without pictures: 1 (n0)");
  }

  @Test
  void oddNamesAreRecordedAsOnDiskAndOpened() throws IOException {
    for (Signal signal :
        resolver.resolve(imagenet(root.toString(), "all", List.of("n2"), "all")).signals()) {
      assertThat(ODD_NAMES).contains(signal.id());
      assertThat(picture(signal).sourceWidth()).isEqualTo(16);
    }
  }

  @Test
  void oddFolderNamesWorkAsRootAndClass() throws IOException {
    write("a 100%25 [x]{y}#?ü/k: l+m/p.JPEG", JpegBytes.flat(16, 8, 100));
    String odd = root.resolve("a 100%25 [x]{y}#?ü").toString();

    Resolution resolution = resolver.resolve(imagenet(odd, "all", null, "1"));

    assertThat(resolution.signals()).hasSize(1);
    assertThat(resolution.signals().get(0).label()).isEqualTo("k: l+m");
    assertThat(picture(resolution.signals().get(0)).sourceWidth()).isEqualTo(16);
  }

  @Test
  void synsetsAndImagesPerSynsetTakeTheFirstByName() {
    Resolution resolution = resolver.resolve(imagenet(root.toString(), "1", null, "1"));

    assertThat(resolution.signals()).extracting(Signal::id).containsExactly("n1_10.png");
    assertThat(resolution.notes())
        .contains("2 further class folders were not looked into: synsets is 1");
  }

  @Test
  void aClassWithoutPicturesDoesNotCount() {
    Resolution resolution = resolver.resolve(imagenet(root.toString(), "5", null, "1"));

    assertThat(resolution.signals()).hasSize(3);
    assertThat(resolution.notes()).contains("synsets is 5, but only 3 classes have pictures");
  }

  @Test
  void classesMayBeAListOrAFile() throws IOException {
    Path file = root.resolveSibling(root.getFileName() + "-classes.txt");
    Files.writeString(file, "\uFEFF# two of them\r\n n3 \n\nn1\n", StandardCharsets.UTF_8);

    Resolution listed =
        resolver.resolve(imagenet(root.toString(), "all", List.of("n3", "n1", "n3"), "1"));
    Resolution fromFile =
        resolver.resolve(imagenet(root.toString(), "all", List.of("@" + file), "1"));

    assertThat(listed.signals()).extracting(Signal::label).containsExactly("n1", "n3");
    assertThat(fromFile.signals()).isEqualTo(listed.signals());
    assertThat(listed.notes()).contains("signal.classes names n3 more than once; it is used once");
    Files.delete(file);
  }

  @Test
  void wrongSourcesAreOneClearLine() throws IOException {
    Path empty = Files.createDirectory(root.resolve("empty"));
    String here = root.toString();

    wrong(imagenet(here, "all", List.of("n9"), "1"), "unknown class \"n9\" in signal.classes");
    wrong(imagenet(here, "all", List.of("n90000006"), "1"), "unknown class \"n90000006\"");
    wrong(imagenet(here, "all", List.of("@a", "n1"), "1"), "mixes @FILE with other entries");
    wrong(imagenet(here, "all", List.of("@" + here + "/none"), "1"), "/none does not exist");
    wrong(imagenet(here, "all", List.of(), "1"), "signal.classes is empty");
    wrong(imagenet(here, "all", List.of("n0"), "1"), "holds no pictures");
    wrong(imagenet(here + "/none", "all", null, "1"), "/none does not exist");
    wrong(imagenet(here + "/Thumbs.db", "all", null, "1"), "Thumbs.db is a file");
    wrong(imagenet(here + "/n1", "all", null, "1"), "holds no pictures (0 folders, 2 files");
    wrong(imagenet(empty.toString(), "all", null, "1"), "holds no pictures (0 folders, 0 files");
    wrong(imagenet("", "all", null, "1"), "signal.root must be a path or a URI, got \"\"");
    wrong(imagenet("nosuch://x/y", "all", null, "1"), "can't be reached");
    wrong(image(here + "/none"), "signal.path " + here + "/none does not exist");
    wrong(image(empty.toString()), "holds no pictures");
  }

  @Test
  void onlyAnAbsentSourceCountsAsNotReached() {
    assertThatThrownBy(() -> resolver.resolve(imagenet(root + "/none", "all", null, "1")))
        .isInstanceOfSatisfying(
            SignalSourceException.class, e -> assertThat(e.reached()).isFalse());
    assertThatThrownBy(() -> resolver.resolve(imagenet(root + "/n0", "all", null, "1")))
        .isInstanceOfSatisfying(SignalSourceException.class, e -> assertThat(e.reached()).isTrue());
  }

  @Test
  void imageIsAFileOrAFolder() throws IOException {
    Resolution folder = resolver.resolve(image(root.resolve("n1").toString()));
    Resolution file =
        resolver.resolve(image(root.resolve("n2/n2_time: 12.JPEG").toUri().getPath()));

    assertThat(folder.signals()).extracting(Signal::id).containsExactly("n1_10.png", "n1_2.JPEG");
    assertThat(folder.filesFound()).isEqualTo(2);
    assertThat(folder.notes())
        .containsExactly("ignored in file:" + root + "/n1: hidden entries: 1 (.hidden.JPEG)");
    assertThat(file.signals()).extracting(Signal::id).containsExactly("n2_time: 12.JPEG");
    assertThat(picture(file.signals().get(0)).sourceHeight()).isEqualTo(8);
  }

  @Test
  void whatLiesBesidePicturesIsNotCountedAsOne() throws IOException {
    for (String name : List.of("b.jpeg", "a.PNG", "c", "d.2024")) {
      write("beside/" + name, JpegBytes.flat(16, 8, 100));
    }
    for (String name : List.of("notes.TXT", "Thumbs.db", "a.json", "b.mtl")) {
      write("beside/" + name, new byte[1]);
    }

    Resolution resolution = resolver.resolve(image(root.resolve("beside").toString()));

    assertThat(resolution.signals())
        .extracting(Signal::id)
        .containsExactly("a.PNG", "b.jpeg", "c", "d.2024");
    assertThat(resolution.filesFound()).isEqualTo(4);
    assertThat(resolution.notes())
        .containsExactly(
            "ignored in file:"
                + root
                + "/beside: files of other kinds, by their names: 4"
                + " (Thumbs.db, a.json, b.mtl, notes.TXT)");
  }

  @Test
  void generatedIsOnePictureWithoutFiles() {
    Resolution resolution =
        resolver.resolve(
            new GeneratedSource(GeneratedKind.STAR, 32, 4, Coordinates.CENTERS, false));

    assertThat(resolution.signals())
        .containsExactly(new Signal.GeneratedImage(GeneratedKind.STAR, 32, 4, Coordinates.CENTERS));
    assertThat(resolution.filesFound()).isZero();
  }

  @Test
  void declaredPicturesAreCountedWithoutTheRoot() {
    assertThat(count(imagenet("hdfs:///x", "100", null, "2"))).hasValue(200);
    assertThat(count(imagenet("hdfs:///x", "all", List.of("a", "b", "a"), "3"))).hasValue(6);
    assertThat(count(imagenet("hdfs:///x", "1", List.of("a", "b"), "3"))).hasValue(3);
    assertThat(count(imagenet("hdfs:///x", "7", List.of("@f"), "3"))).hasValue(21);
    assertThat(count(imagenet("hdfs:///x", "999999999", null, "999999999")))
        .hasValue(999_999_998_000_000_001L);
    assertThat(count(imagenet("hdfs:///x", "all", List.of("@f"), "3"))).isEmpty();
    assertThat(count(imagenet("hdfs:///x", "all", null, "3"))).isEmpty();
    assertThat(count(imagenet("hdfs:///x", "3", null, "all"))).isEmpty();
    assertThat(count(image("x"))).hasValue(1);
    assertThat(count(new GeneratedSource(GeneratedKind.STAR, 8, 0, Coordinates.CENTERS, false)))
        .hasValue(1);
  }

  @Test
  void namesBeyondTheLocaleAreSaidAndNotLostInSilence() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            ResolveFolder.class.getName(),
            root.resolve("n2").toString());
    builder.environment().put("LC_ALL", "C");
    Path notes = root.resolve("notes.txt");
    builder.redirectError(ProcessBuilder.Redirect.DISCARD).redirectOutput(notes.toFile());

    Process process = builder.start();

    assertThat(process.waitFor()).isZero();
    assertThat(Files.readString(notes, StandardCharsets.ISO_8859_1))
        .startsWith("12 pictures")
        .contains("names outside this JVM's file name encoding ANSI_X3.4-1968")
        .contains("which need LC_ALL=C.UTF-8: 4 (");
  }

  private void wrong(SignalSource source, String message) {
    assertThatThrownBy(() -> resolver.resolve(source))
        .isInstanceOf(SignalSourceException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n")
        .matches(text -> text.contains("allowed") || text.contains("path or a URI"));
  }

  private void write(String path, byte[] content) throws IOException {
    Path file = root.resolve(path);
    Path folder = file.getParent();
    assertThat(folder).isNotNull();
    Files.createDirectories(folder);
    Files.write(file, content);
  }

  private static OptionalLong count(SignalSource source) {
    return SignalResolver.declaredCount(source);
  }

  private static ImageSource image(String path) {
    return new ImageSource(path, null, Coordinates.CENTERS, false);
  }

  private static ImagenetSource imagenet(
      String root, String synsets, @Nullable List<String> classes, String images) {
    return new ImagenetSource(
        root, Count.parse(synsets), classes, Count.parse(images), null, Coordinates.CENTERS, false);
  }
}
