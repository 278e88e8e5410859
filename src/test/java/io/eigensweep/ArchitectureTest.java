package io.eigensweep;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may use whom. */
class ArchitectureTest {
  private static final String ROOT = "io.eigensweep";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  private static final Map<String, Set<String>> MAY_USE = mayUse();

  private static Map<String, Set<String>> mayUse() {
    Set<String> trialAndBelow =
        Set.of(
            "trial",
            "mesh",
            "picture",
            "signal",
            "encoding",
            "network",
            "training",
            "ntk",
            "metric",
            "linalg",
            "files",
            "settings");
    Map<String, Set<String>> rules = new LinkedHashMap<>();
    rules.put("settings", Set.of());
    rules.put("metric", Set.of());
    rules.put("files", Set.of());
    rules.put("linalg", Set.of("settings"));
    rules.put("npy", Set.of());
    rules.put("certify", Set.of("npy", "linalg"));
    rules.put("mesh", Set.of("linalg", "settings"));
    rules.put("picture", Set.of("metric", "settings"));
    rules.put("signal", Set.of("mesh", "picture", "metric", "linalg", "files", "settings"));
    rules.put("encoding", Set.of("linalg", "settings"));
    rules.put("network", Set.of("encoding", "linalg", "settings"));
    rules.put("training", Set.of("network", "encoding", "metric", "linalg", "settings"));
    rules.put("ntk", Set.of("network", "encoding", "linalg", "settings"));
    rules.put(
        "trial",
        Set.of(
            "mesh",
            "picture",
            "signal",
            "encoding",
            "network",
            "training",
            "ntk",
            "metric",
            "linalg",
            "settings"));
    rules.put("job", trialAndBelow);
    rules.put("measure", trialAndBelow);
    rules.put("result", with(trialAndBelow, "measure"));
    rules.put("store", with(trialAndBelow, "result"));
    rules.put("plan", with(trialAndBelow, "job"));
    rules.put("aggregate", with(trialAndBelow, "measure", "result"));
    rules.put("claims", with(trialAndBelow, "job", "measure", "result", "aggregate"));
    rules.put("report", with(trialAndBelow, "measure", "result", "store", "aggregate", "claims"));
    rules.put("cluster", with(trialAndBelow, "store"));
    rules.put("sweep", with(trialAndBelow, "plan", "store", "cluster"));
    rules.put(
        "tables",
        with(
            trialAndBelow,
            "job",
            "plan",
            "measure",
            "result",
            "store",
            "aggregate",
            "claims",
            "report",
            "cluster"));
    rules.put("verify", with(trialAndBelow, "measure", "result"));
    rules.put(
        "cli",
        with(
            trialAndBelow,
            "npy",
            "certify",
            "job",
            "plan",
            "measure",
            "result",
            "store",
            "aggregate",
            "claims",
            "report",
            "cluster",
            "sweep",
            "tables",
            "verify"));
    return rules;
  }

  private static Set<String> with(Set<String> base, String... more) {
    Set<String> all = new LinkedHashSet<>(base);
    all.addAll(List.of(more));
    return all;
  }

  static Set<String> packages() {
    return MAY_USE.keySet();
  }

  @Test
  void everyPackageHasARule() {
    Set<String> found = CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());

    assertThat(found)
        .isEqualTo(packages().stream().map(name -> ROOT + "." + name).collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @MethodSource("packages")
  void usesOnlyWhatItMay(String name) {
    String[] allowed =
        with(MAY_USE.getOrDefault(name, Set.of()), name).stream()
            .map(other -> ROOT + "." + other)
            .toArray(String[]::new);

    classes()
        .that()
        .resideInAPackage(ROOT + "." + name)
        .should()
        .onlyDependOnClassesThat(not(resideInAPackage(ROOT + "..")).or(resideInAnyPackage(allowed)))
        .check(CLASSES);
  }

  @Test
  void onlyThreePackagesUseSpark() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".cluster", ROOT + ".sweep", ROOT + ".tables")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "scala..")
        .check(CLASSES);
  }

  @Test
  void trainingAndKernelsDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".training")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".ntk")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".ntk")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".training")
        .check(CLASSES);
  }

  /** {@code Math}'s elementary functions may have other last digits on another JVM or processor. */
  @Test
  void theNumbersOfATrialComeFromStrictMath() {
    Set<String> loose = Set.of("exp", "log", "log10", "log1p", "expm1", "pow", "sin", "cos", "tan");
    noClasses()
        .that()
        .resideInAnyPackage(
            Stream.of("encoding", "network", "training", "ntk", "metric", "signal", "trial")
                .map(name -> ROOT + "." + name)
                .toArray(String[]::new))
        .should()
        .callMethodWhere(
            describe(
                "an elementary function of Math",
                call ->
                    call.getTargetOwner().isEquivalentTo(Math.class)
                        && loose.contains(call.getName())))
        .check(CLASSES);
  }
}
