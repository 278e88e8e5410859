package io.eigensweep.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eigensweep.encoding.GridEncoding;
import io.eigensweep.job.Job;
import io.eigensweep.job.JobException;
import io.eigensweep.job.JobFile;
import io.eigensweep.picture.GeneratedKind;
import io.eigensweep.settings.Names;
import io.eigensweep.signal.Coordinates;
import io.eigensweep.signal.Signal;
import io.eigensweep.trial.Trial;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterMatchTest {
  private static final String ENCODINGS =
      """
      encoding:
        - {type: identity}
        - {type: fourier, levels: 8}
        - {type: multigrid, resolution: [50, 200]}
      """;

  private static Expansion expand(String yaml) {
    Job job = JobFile.read("name: match\n" + yaml, "match.yaml", List.of());
    return Grid.expand(
        job, List.of(new Signal.GeneratedImage(GeneratedKind.STAR, 64, 0, Coordinates.CENTERS)));
  }

  private static long parameters(Trial trial) {
    return trial.network().parameterCount(trial.encoding().encodedDimension(2), 3)
        + trial.encoding().parameterCount(2);
  }

  private static List<String> widths(Expansion expansion) {
    return expansion.trials().stream()
        .map(trial -> Names.typeName(trial.encoding().getClass()) + " " + trial.network().width())
        .toList();
  }

  @Test
  void widensToEveryGridOfTheJobWithinOnePercent() {
    Expansion expansion = expand(ENCODINGS + "match-parameters: true\n");
    assertThat(expansion.trials()).hasSize(6);
    List<Trial> grids =
        expansion.trials().stream().filter(t -> t.encoding() instanceof GridEncoding).toList();
    assertThat(grids).extracting(trial -> trial.network().width()).containsExactly(256, 256);
    for (int i = 0; i < 4; i++) {
      double target = parameters(grids.get(i % 2));
      assertThat(parameters(expansion.trials().get(i)) / target).isBetween(0.99, 1.01);
    }
    assertThat(expansion.notes()).isEmpty();
    assertThat(expansion.duplicates()).isZero();
  }

  @Test
  void leavesEveryWidthByDefault() {
    assertThat(widths(expand(ENCODINGS)))
        .containsExactly("identity 256", "fourier 256", "multigrid 256", "multigrid 256");
    assertThat(expand(ENCODINGS + "match-parameters: false\n").trials())
        .isEqualTo(expand(ENCODINGS).trials());
  }

  @Test
  void runsBothWhenItIsAnAxis() {
    Expansion both = expand(ENCODINGS + "match-parameters: [false, true]\n");
    assertThat(both.trials()).hasSize(2 * 3 + 2).containsAll(expand(ENCODINGS).trials());
    assertThat(both.trials()).containsAll(expand(ENCODINGS + "match-parameters: true\n").trials());
  }

  @Test
  void takesAGridThatTheJobDoesNotRun() {
    Expansion named =
        expand(
            """
            encoding: {type: identity}
            network: {width: [64, 128]}
            match-parameters: {type: multigrid, resolution: 200}
            """);
    assertThat(named.trials())
        .extracting(Trial::network)
        .isEqualTo(
            expand(
                    """
                    encoding: [{type: identity}, {type: multigrid, resolution: 200}]
                    network: {width: [64, 128]}
                    match-parameters: true
                    exclude: [{encoding: {type: multigrid}}]
                    """)
                .trials()
                .stream()
                .map(Trial::network)
                .toList());
    assertThat(named.trials()).hasSize(2);
  }

  /**
   * One hidden layer, no bias, identity: 5 numbers per unit; the network with the grid 63 + 26 =
   * 89.
   */
  @Test
  void takesTheNearestWidthAndSaysWhenItIsFar() {
    Expansion expansion =
        expand(
            """
            encoding: {type: identity}
            network: {hidden-layers: 1, width: 7, bias: false}
            match-parameters: {type: multigrid, resolution: 2, levels: 2, features: 2}
            """);
    assertThat(widths(expansion)).containsExactly("identity 18");
    assertThat(expansion.notes())
        .containsExactly(
            "match-parameters: no width is within 1 % of 89 parameters; identity at width 18 has 90");
  }

  @Test
  void refusesAWidthBeyondAllNetworks() {
    assertThatThrownBy(
            () ->
                expand(
                    """
                    encoding: {type: identity}
                    network: {hidden-layers: 1}
                    match-parameters: {type: multigrid, resolution: 2000}
                    """))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("identity with 1 hidden layers would need a width above 65,536");
  }

  @Test
  void needsAGrid() {
    assertThatThrownBy(() -> expand("encoding: {type: identity}\nmatch-parameters: true\n"))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("match.yaml:3")
        .hasMessageContaining("true needs a multigrid or hashgrid in encoding");
    assertThatThrownBy(() -> expand(ENCODINGS + "match-parameters: {type: fourier, levels: 4}\n"))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("must name a multigrid or hashgrid, got fourier");
    assertThatThrownBy(() -> expand(ENCODINGS + "match-parameters: multigrid\n"))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("match-parameters");
  }

  @Test
  void readsBackFromTheFrozenJob() {
    Job job =
        JobFile.read(
            "name: match\n" + ENCODINGS + "match-parameters: [false, true]\n",
            "match.yaml",
            List.of());
    Job again = JobFile.read(job.canonicalJson(), "job.json", List.of());
    assertThat(again.matches()).isEqualTo(job.matches()).hasSize(3);
    assertThat(again.canonicalJson()).isEqualTo(job.canonicalJson());
  }
}
