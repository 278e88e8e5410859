package io.eigensweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the submit scripts make of the machine, in a folder with nothing but them and with a
 * stand-in for Java. It prints the environment and the arguments; as Spark's launcher, a command
 * that prints SparkSubmit's.
 */
class SubmitScriptsTest {
  private static final Path SOURCES = Path.of("submit-scripts").toAbsolutePath();

  @TempDir Path folder;
  private Path home = Path.of("");
  private Path programs = Path.of("");

  private record Ended(int code, List<String> out, List<String> err) {}

  @BeforeEach
  void copy() throws IOException {
    programs = Files.createDirectory(folder.resolve("programs"));
    home = checkout("a checkout, of Zoë's");
    java("17.0.15");
  }

  private Path checkout(String name) throws IOException {
    Path made = Files.createDirectory(folder.resolve(name));
    for (String part : List.of("submit-scripts", "conf")) {
      Path copy = Files.createDirectory(made.resolve(part));
      try (Stream<Path> files = Files.list(SOURCES.resolveSibling(part))) {
        for (Path file : files.toList()) {
          Files.copy(file, copy.resolve(file.getFileName()));
        }
      }
    }
    Files.createDirectories(made.resolve("target/spark/jars"));
    Files.writeString(made.resolve("target/eigensweep-0.1.0.jar"), "");
    return made;
  }

  private void java(String version) throws IOException {
    program(
        "java",
        """
        if [ "$1" = -version ]; then echo 'openjdk version "%s" 2025-01-01' >&2; exit; fi
        for word in "$@"; do case $word in -XX:ArchiveClassesAtExit=*) echo made >"${word#*=}" ;; esac; done
        case " $* " in
          *' org.apache.spark.launcher.Main '*)
            while [ "$1" != org.apache.spark.deploy.SparkSubmit ]; do shift; done
            printf '\\n'
            printf '%%s\\0' "$BASH" -c 'env; printf "<%%s>\\n" "$@"' - "$@" ;;
          *) env; printf '<%%s>\\n' "$@" ;;
        esac
        """
            .formatted(version));
  }

  private void program(String name, String script) throws IOException {
    Path file = programs.resolve(name);
    Files.writeString(file, "#!/usr/bin/env bash\n" + script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Ended run(Map<String, String> environment, String... arguments) throws Exception {
    return run(home.resolve("submit-scripts/eigensweep"), environment, arguments);
  }

  private Ended run(Path script, Map<String, String> environment, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", script.toString()));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    String path = process.environment().get("PATH");
    process.environment().clear();
    process.environment().put("PATH", programs + ":" + path);
    process.environment().putAll(environment);
    int code = process.start().waitFor();
    return new Ended(code, lines(out), lines(err));
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8).lines().toList();
  }

  private static void isOneLine(Ended ended, String text) {
    assertThat(ended.err()).hasSize(1);
    assertThat(ended.err().get(0)).contains(text);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void handOnEveryArgumentAsItIs() throws Exception {
    Ended ended = run(Map.of(), "--spark", "a=b c", "plan", "a b #c", "", "*", "-x", "'\"\\");

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out())
        .containsSubsequence(
            "<--conf>",
            "<a=b c>",
            "<" + home + "/target/eigensweep-0.1.0.jar>",
            "<plan>",
            "<a b #c>",
            "<>",
            "<*>",
            "<-x>",
            "<'\"\\>")
        .noneMatch(line -> line.startsWith("SPARK_SUBMIT_OPTS="));
  }

  private static final String SUBMITTED = "<org.apache.spark.deploy.SparkSubmit>";
  private static final String STARTED = "<io.eigensweep.cli.Main>";

  @Test
  void handOnEveryArgumentOfACommandThatIsStartedHere() throws Exception {
    Ended ended =
        run(
            Map.of("HADOOP_CONF_DIR", "/etc/my hadoop", "SPARK_SUBMIT_OPTS", "-Dx=* -Dy=z"),
            "--spark",
            "spark.hadoop.a=b c",
            "plan",
            "a b #c",
            "",
            "*",
            "'\"\\");

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out())
        .containsSubsequence(
            "<-Xmx4g>",
            "<-Deigensweep.properties=" + home + "/conf/local.conf>",
            "<-Dx=*>",
            "<-Dy=z>",
            "<-Dspark.hadoop.a=b c>",
            "<-Dspark.master=local[*]>",
            "<-cp>",
            "<%s/target/eigensweep-0.1.0.jar:%s/target/spark/jars/*:%s/conf:/etc/my hadoop>"
                .formatted(home, home, home),
            STARTED,
            "<plan>",
            "<a b #c>",
            "<>",
            "<*>",
            "<'\"\\>");
  }

  @Test
  void giveJavaSparksModules() throws Exception {
    assertThat(run(Map.of(), "plan").out())
        .containsSubsequence(
            Stream.of(JavaModuleOptions.defaultModuleOptionArray())
                .map(option -> "<" + option + ">")
                .toList());
  }

  @Test
  void submitToAClusterWhatNeedsOneAndNothingElse() throws Exception {
    List<String> here = List.of("plan", "status", "trial", "verify", "certify", "claims");
    List<String> there = List.of("sweep", "aggregate", "sql", "reproduce", "results");
    Matcher names =
        Pattern.compile("@Command\\(\\s*name = \"(?!eigensweep)(\\w+)\"")
            .matcher(
                Files.readString(
                    SOURCES.resolveSibling("src/main/java/io/eigensweep/cli/Commands.java")));
    assertThat(names.results().map(name -> name.group(1)))
        .containsExactlyInAnyOrderElementsOf(Stream.concat(here.stream(), there.stream()).toList());

    for (String command : here) {
      assertThat(run(Map.of(), "--profile", "yarn", command).out())
          .contains(STARTED, "<-Dspark.master=local[*]>", "<-Xmx2g>")
          .doesNotContain(SUBMITTED);
    }
    for (String command : there) {
      assertThat(run(Map.of(), "--profile", "yarn", command).out()).contains(SUBMITTED);
      assertThat(run(Map.of(), command).out())
          .contains(STARTED)
          .doesNotContain(SUBMITTED, "<-Dspark.master=local[*]>");
    }
    assertThat(run(Map.of(), "--profile", "standalone", "sql", "--help").out()).contains(STARTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.jars=x.jar",
        "spark.jars.packages=a:b:1",
        "spark.driver.extraClassPath=x",
        "spark.driver.extraJavaOptions=-Dx=y",
        "spark.kerberos.keytab=x",
        "spark.submit.deployMode=cluster",
        "spark.master=spark://h:7077",
        "a=b",
      })
  void submitWhatSparkSubmitActsUpon(String property) throws Exception {
    assertThat(run(Map.of(), "--spark", property, "sql").out()).contains(SUBMITTED);

    Files.writeString(home.resolve("conf/local.conf"), property.replace("=", "  ") + "\r\n");
    assertThat(run(Map.of(), "sql").out().contains(SUBMITTED)).isEqualTo(!property.equals("a=b"));
  }

  @Test
  void readTheHeapAsSparkDoes() throws Exception {
    Files.writeString(
        home.resolve("conf/local.conf"),
        String.join(
            "\r\n",
            "#spark.driver.memory 1g",
            " spark.driver.memory : 6g",
            "spark.driver.memory=7g ",
            "! x",
            ""));

    assertThat(run(Map.of(), "plan").out()).contains("<-Xmx7g>");
    assertThat(run(Map.of(), "--spark", "spark.driver.memory=9g", "plan").out())
        .contains("<-Xmx9g>");
    Files.writeString(home.resolve("conf/local.conf"), "");
    assertThat(run(Map.of("SPARK_DRIVER_MEMORY", "3g"), "plan").out()).contains("<-Xmx3g>");
    assertThat(run(Map.of(), "plan").out()).contains("<-Xmx1g>");
  }

  @Test
  void takeTheJarsAndDefaultsOfASparkHome() throws Exception {
    Path spark = Files.createDirectories(folder.resolve("a spark"));
    Files.createDirectories(spark.resolve("jars"));
    Files.createDirectories(spark.resolve("conf"));
    Files.createDirectories(spark.resolve("bin"));
    Path submit = spark.resolve("bin/spark-submit");
    Files.writeString(submit, "#!/usr/bin/env bash\nprintf '<%s>\\n' '" + SUBMITTED + "' \"$@\"\n");
    assertThat(submit.toFile().setExecutable(true)).isTrue();
    Map<String, String> environment = Map.of("SPARK_HOME", spark.toString());
    Path defaults = spark.resolve("conf/spark-defaults.conf");
    Files.writeString(defaults, "spark.driver.memory 8g\nspark.hadoop.x y\n");

    assertThat(run(environment, "plan").out())
        .contains(
            STARTED,
            "<-Xmx4g>",
            "<-Deigensweep.properties=%s/conf/local.conf:%s>".formatted(home, defaults))
        .anyMatch(word -> word.contains(":" + spark + "/jars/*:" + spark + "/conf>"));

    // What it exports can't be known.
    Files.writeString(spark.resolve("conf/spark-env.sh"), "");
    assertThat(run(environment, "plan").out()).contains("<" + SUBMITTED + ">", "<plan>");
  }

  @Test
  void makeAnArchiveOfClassesWithTheJarAndUseItWhereItFits() throws Exception {
    Files.createDirectories(home.resolve("src/main"));
    Files.delete(home.resolve("target/eigensweep-0.1.0.jar"));
    program("mvn", "touch target/eigensweep-0.1.0.jar");

    assertThat(run(Map.of(), "--build-only").code()).isZero();

    assertThat(run(Map.of(), "plan").out())
        .anyMatch(word -> word.startsWith("<-XX:SharedArchiveFile=" + home + "/target/start/"));
    java("21.0.2");
    assertThat(run(Map.of(), "plan").out()).noneMatch(word -> word.contains("SharedArchiveFile"));
  }

  @Test
  void sayWhatABuildDoesAndWhatIsWrongWithIt() throws Exception {
    Files.createDirectories(home.resolve("src/main"));
    Files.delete(home.resolve("target/eigensweep-0.1.0.jar"));
    program(
        "mvn",
        """
        echo '[INFO] Scanning for projects...'
        echo 'Downloading from central: https://a/b.jar'
        echo 'Downloading from central: https://a/c.jar'
        echo '[INFO] --- compiler:3.14.1:compile (default-compile) @ eigensweep ---'
        echo '[INFO] --- shade:3.6.1:shade (uber-jar) @ eigensweep ---'
        echo '[WARNING] a.jar and b.jar have the same file'
        echo '[ERROR] no room'
        exit 1
        """);

    Ended ended = run(Map.of(), "plan");

    assertThat(ended.err().stream().skip(1))
        .containsExactly(
            "  fetching libraries", "  compiling", "  packing the jar", "[ERROR] no room");
    assertThat(ended.code()).isEqualTo(1);
  }

  @Test
  void workThroughALinkFromAFolderThatBeginsWithADash() throws Exception {
    Path link = Files.createSymbolicLink(programs.resolve("sweep"), Path.of("../-x/eigensweep"));
    Files.createSymbolicLink(folder.resolve("-x"), home.resolve("submit-scripts"));

    assertThat(run(link, Map.of(), "plan").out())
        .anyMatch(word -> word.startsWith("<" + home + "/target/eigensweep-0.1.0.jar:"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.8.0_392", "11.0.21", "9", "16-ea"})
  void refuseAnOlderJava(String version) throws Exception {
    java(version);

    isOneLine(run(Map.of(), "plan"), "eigensweep: Java 17 is needed; java is " + version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "17.0.15", "21.0.2", "25-ea"})
  void takeJava17AndLater(String version) throws Exception {
    java(version);

    assertThat(run(Map.of(), "plan").code()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "JAVA_HOME, 'JAVA_HOME must name a JDK, there is no bin/java in /nonexistent'",
    "SPARK_HOME, 'SPARK_HOME must name Spark''s folder, there is no bin/spark-submit in"
        + " /nonexistent'",
  })
  void nameAFolderThatIsNotWhatItShouldBe(String variable, String message) throws Exception {
    isOneLine(run(Map.of(variable, "/nonexistent"), "plan"), message);
  }

  @Test
  void sayThatTooFewFilesMayBeOpen() throws Exception {
    Path limited = folder.resolve("limited");
    String script = home.resolve("submit-scripts/eigensweep").toString();
    Files.writeString(limited, "ulimit -n 256; exec bash \"" + script + "\" \"$@\"");

    isOneLine(run(limited, Map.of(), "plan"), "1024 open files are needed; the limit is 256");
  }

  @Test
  void sayThatJavaDoesNotStart() throws Exception {
    program("java", "echo 'Error occurred during initialization of VM' >&2; exit 1");

    isOneLine(run(Map.of(), "plan"), "Java 17 is needed; java is no Java that starts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"eigensweep", "cluster.sh", "benchmark.sh", "quickstart.sh"})
  void refuseAFolderWithAColon(String script) throws Exception {
    home = checkout("2026:01");

    isOneLine(
        run(home.resolve("submit-scripts").resolve(script), Map.of(), "start"),
        "move " + home + " to a folder without one");
  }

  @Test
  void giveAUserWithoutNameAHome() throws Exception {
    program("id", "[ \"$1\" != -un ] || exit 1; echo 12345");
    Path writable = Files.createDirectory(folder.resolve("the \"home\""));

    assertThat(run(Map.of("HOME", writable.toString()), "plan").out())
        .contains("<-Duser.home=" + folder + "/the \"home\">");
    assertThat(run(Map.of("HOME", writable.toString()), "--spark", "a=b", "plan").out())
        .contains("SPARK_SUBMIT_OPTS=\"-Duser.home=" + folder + "/the \\\"home\\\"\" ");
    assertThat(
            run(Map.of("HOME", "/dev/null", "SPARK_SUBMIT_OPTS", "-Dx=y"), "--spark", "a=b", "plan")
                .out())
        .contains("SPARK_SUBMIT_OPTS=\"-Duser.home=" + home + "/target/home\" -Dx=y");
  }

  @Test
  void buildWithWhatMavenNeeds() throws Exception {
    Files.createDirectories(home.resolve("src/main"));
    Files.writeString(home.resolve("pom.xml"), "");
    Files.delete(home.resolve("target/eigensweep-0.1.0.jar"));
    program("mvn", "echo \"$@\" >'" + folder + "/built'; touch target/eigensweep-0.1.0.jar");
    Path user = Files.createDirectory(folder.resolve("user"));

    assertThat(run(Map.of("HOME", user.toString()), "plan").code()).isZero();
    assertThat(Files.readString(folder.resolve("built"))).doesNotContain("maven.repo.local");

    Files.delete(home.resolve("target/eigensweep-0.1.0.jar"));
    assertThat(run(Map.of("HOME", "/dev/null"), "plan").code()).isZero();
    assertThat(Files.readString(folder.resolve("built")))
        .contains("-Dmaven.repo.local=" + home + "/target/home/.m2/repository");

    Files.delete(home.resolve("target/eigensweep-0.1.0.jar"));
    assertThat(
            run(Map.of("HOME", "/dev/null", "MAVEN_OPTS", "-Dmaven.repo.local=/m2"), "plan").code())
        .isZero();
    assertThat(Files.readString(folder.resolve("built"))).doesNotContain("maven.repo.local");
  }

  @Test
  void authenticateWithAMastersSecret() throws Exception {
    String master = "spark://10.0.0.1:7077";
    Ended open = run(Map.of("EIGENSWEEP_MASTER", master), "--profile", "standalone", "sweep");
    assertThat(open.out()).contains("<" + master + ">");
    assertThat(open.out()).doesNotContain("<spark.authenticate=true>");

    Ended named =
        run(
            Map.of("EIGENSWEEP_MASTER", master, "_SPARK_AUTH_SECRET", "s3cret"),
            "--profile",
            "standalone",
            "sweep");
    assertThat(named.out()).contains("<spark.authenticate=true>", "_SPARK_AUTH_SECRET=s3cret");

    Path cluster = Files.createDirectories(home.resolve("target/cluster"));
    Files.writeString(cluster.resolve("master.url"), master);
    Files.writeString(cluster.resolve("secret"), "0f");
    Ended own = run(Map.of(), "--profile", "standalone", "sweep");
    assertThat(own.out())
        .contains("<" + master + ">", "<spark.authenticate=true>", "_SPARK_AUTH_SECRET=0f")
        .noneMatch(line -> line.startsWith("<") && line.contains("0f"));
  }

  private Ended reproduce(String... arguments) throws Exception {
    Files.createDirectories(home.resolve("jobs/scales"));
    Files.writeString(home.resolve("jobs/scales/smoke.yaml"), "");
    return run(home.resolve("submit-scripts/reproduce-paper.sh"), Map.of(), arguments);
  }

  @Test
  void handTheFoldersAndOptionsOfThePaperToItsCommand() throws Exception {
    Ended ended =
        reproduce(
            "--spark",
            "a=b c",
            "my photographs",
            "--finish-by",
            "07:00",
            "mesh.ply",
            "s3a://x/y",
            "--scale=smoke",
            "--plan");

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out())
        .containsSubsequence(
            "<a=b c>",
            "<reproduce>",
            "<" + home + "/jobs/scales/smoke.yaml>",
            "<--photographs>",
            "<my photographs>",
            "<--meshes>",
            "<mesh.ply>",
            "<--out>",
            "<s3a://x/y>",
            "<--document>",
            "<" + home + "/docs/paper.md>",
            "<--finish-by>",
            "<07:00>",
            "<--plan>");
    assertThat(reproduce("a", "b", "--scale", "smoke").out())
        .containsSubsequence("<--out>", "<" + home + "/target/paper>");
  }

  @Test
  void sayWhatThePaperNeeds() throws Exception {
    isOneLine(reproduce("photographs"), "needs PHOTOGRAPHS and MESHES");
    isOneLine(reproduce("a", "b", "--scale", "tiny"), "--scale must be full, night or smoke, got");
    isOneLine(reproduce("a", "b", "--scale"), "--scale needs a value");
  }

  @Test
  void waitForAMasterThatIsSlowToBecomeJava() throws Exception {
    program(
        "java",
        """
        if [ "$1" = -version ]; then echo 'openjdk version "17.0.15" 2025-01-01' >&2; exit; fi
        echo 'no port is free'; exit 1
        """);
    // The child reads the secret before it becomes Java: here not before it has been looked at.
    program(
        "grep",
        """
        case "$*" in */cmdline) : >'FOLDER/looked' ;; esac
        PATH=${PATH#*:} exec grep "$@"
        """
            .replace("FOLDER", folder.toString()));
    program(
        "cat",
        """
        case $1 in */secret)
          until [ -e 'FOLDER/looked' ] || [ ! -r /proc/self/cmdline ]; do :; done ;;
        esac
        PATH=${PATH#*:} exec cat "$@"
        """
            .replace("FOLDER", folder.toString()));

    Ended ended = run(home.resolve("submit-scripts/cluster.sh"), Map.of(), "start");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("no port is free");
  }

  @Test
  void buildInAFreshClone() throws Exception {
    Files.createDirectories(home.resolve("src/main"));
    Files.writeString(home.resolve("pom.xml"), "");
    Files.delete(home.resolve("target/eigensweep-0.1.0.jar"));
    Files.delete(home.resolve("target/spark/jars"));
    Files.delete(home.resolve("target/spark"));
    Files.delete(home.resolve("target"));
    program("mvn", "mkdir -p target/spark/jars; touch target/eigensweep-0.1.0.jar");

    Ended ended = run(Map.of(), "plan");

    assertThat(ended.err()).first().asString().startsWith("building the jar");
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).contains("<plan>");
  }

  @Test
  void buildWithLaterJdks() throws Exception {
    Files.createDirectories(home.resolve("src/main"));
    Files.delete(home.resolve("target/eigensweep-0.1.0.jar"));
    program("mvn", "touch target/eigensweep-0.1.0.jar");
    java("21.0.2");

    Ended ended = run(Map.of(), "plan");

    assertThat(ended.err()).first().asString().startsWith("building the jar");
    assertThat(ended.code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "C", "POSIX", "xx_XX.UTF-8", "en_US.ISO-8859-1"})
  void letJavaReadNamesAsUtf8(String locale) throws Exception {
    program("locale", "case ${LC_ALL:-$LANG} in C.UTF-8) echo UTF-8 ;; *) echo ANSI ;; esac");

    assertThat(run(Map.of("LANG", locale), "plan").out()).contains("LC_ALL=C.UTF-8");
  }

  @Test
  void keepALocaleOfTheUserThatIsInstalled() throws Exception {
    program("locale", "echo UTF-8");

    assertThat(run(Map.of("LANG", "fa_IR"), "plan").out())
        .contains("LANG=fa_IR")
        .noneMatch(line -> line.startsWith("LC_ALL="));
  }
}
