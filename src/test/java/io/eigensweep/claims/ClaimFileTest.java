package io.eigensweep.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eigensweep.job.JobException;
import io.eigensweep.settings.Names;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimFileTest {
  private static final String CLAIM =
      """
      claims:
        - id: a
          text: a grid is better
          study: s
          quantity: psnr
          of: {encoding: multigrid, resolution: 200}
          over: {encoding: identity}
          rule: {at-least: 15}
      """;

  @Test
  void readsThePapersClaims() {
    List<Claim> claims = ClaimFile.paper();
    assertThat(claims).extracting(Claim::id).doesNotHaveDuplicates();
    assertThat(claims)
        .extracting(Claim::study)
        .contains("spectrum", "resolution-sweep", "aliasing", "surfaces", "batch-flow");
    assertThat(claims)
        .filteredOn(claim -> claim.quantity().hasScope())
        .allMatch(claim -> claim.scope() != null);
  }

  @Test
  void readsTheExamplesOfItsDocument() throws IOException {
    String document = Files.readString(Path.of("docs/claims.md"), StandardCharsets.UTF_8);
    Matcher blocks = Pattern.compile("(?s)```yaml\n(.*?)```").matcher(document);
    int read = 0;
    while (blocks.find()) {
      assertThat(ClaimFile.read(blocks.group(1), "docs/claims.md")).isNotEmpty();
      read++;
    }
    assertThat(read).isPositive();
    for (Rule.Kind kind : Rule.Kind.values()) {
      assertThat(document).contains("`" + Names.of(kind) + "`");
    }
  }

  @Test
  void readsSelectors() {
    Claim claim =
        ClaimFile.read(
                CLAIM.replace(
                    "resolution: 200", "resolution: [50, 100], learning-rate: 1e1, width: least"),
                "c.yaml")
            .get(0);
    assertThat(claim.form().toString())
        .isEqualTo(
            "{encoding: multigrid, resolution: [50, 100], learning_rate: 10, width: least} over"
                + " {encoding: identity}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "study: s | studdy: s | c.yaml:4:5: unknown key \"studdy\" in a claim; did you mean \"study\"?",
        "study: s | | c.yaml:2:5: missing key \"study\"",
        "id: a | id: '' | c.yaml:2:9: id must not be empty",
        "id: a | id: a b | c.yaml:2:9: id must be letters, digits, dots, dashes and underscores, got \"a b\"",
        "quantity: psnr | quantity: pnsr | c.yaml:5:15: quantity: unknown quantity pnsr; did you mean \"psnr\"?",
        "quantity: psnr | quantity: lambda_min | c.yaml:5:15: quantity: unknown quantity lambda_min; write spectra.lambda_min, whose scope a claim names",
        "quantity: psnr | quantity: spectra.lambda_min | c.yaml:2:5: a claim about spectra must say its scope, one of sample, window, training",
        "study: s | scope: window | c.yaml:4:12: scope is for quantities of spectra alone",
        "resolution: 200 | resolutoin: 200 | c.yaml:6:31: unknown key \"resolutoin\" in of; did you mean \"resolution\"?",
        "encoding: identity | encoding: identiti | c.yaml:7:22: encoding: \"identiti\" must be one of identity, fourier, multigrid, hashgrid",
        "encoding: identity | activation: rellu | c.yaml:7:24: activation: \"rellu\" must be one of",
        "encoding: identity | 'encoding: identity, levels: 8' | c.yaml:7:32: the encoding identity has no levels",
        "resolution: 200 | resolution: finest | c.yaml:6:43: resolution: \"finest\" must be a number, a list of numbers, least or largest",
        "resolution: 200 | resolution: 50.5 | c.yaml:6:43: resolution: 50.5 must be a whole number",
        "resolution: 200 | epoch: 3 | c.yaml:6:38: epoch is for quantities of several epochs, not for psnr",
        "resolution: 200 | term: mlp | term is for quantities of spectra alone, not for psnr",
        "at-least: 15 | atleast: 15 | c.yaml:8:12: unknown key \"atleast\" in rule; did you mean \"at-least\"?",
        "at-least: 15 | at-least: \"15\" | c.yaml:8:22: at-least: \"15\" must be a number, without quotes",
        "at-least: 15 | within: 15 | c.yaml:8:20: within must be two numbers, [low, high]",
        "at-least: 15 | 'at-least: 1, below: 2' | c.yaml:8:11: rule must have one key",
        "study: s | statistic: mode | c.yaml:4:16: statistic: \"mode\" must be one of mean, median",
        "study: s | per-doubling-of: resolution | a claim has over and minus, or per-doubling-of, or rank-with, not several",
        "'claims:' | 'claim:' | c.yaml:1:1: unknown key \"claim\" in a file of claims; did you mean \"claims\"?"
      })
  void refusesWithThePlace(String part, String other, String message) {
    String changed = other == null ? CLAIM.replace(part + "\n", "\n") : CLAIM.replace(part, other);
    if (other != null && !other.contains("study") && part.equals("study: s")) {
      changed = changed.replace(other, other + "\n    study: s");
    }
    String text = changed;
    assertThatThrownBy(() -> ClaimFile.read(text, "c.yaml"))
        .isInstanceOf(JobException.class)
        .hasMessageContaining(message);
    assertThatThrownBy(() -> ClaimFile.read(text, "c.yaml")).hasMessageNotContaining("\n");
  }

  @Test
  void refusesTheSameClaimTwiceAndKernelsThatKnowNoPicture() {
    String body = CLAIM.substring(CLAIM.indexOf("  - id"));
    assertThatThrownBy(() -> ClaimFile.read(CLAIM + body, "c.yaml"))
        .hasMessage("c.yaml:9:5: the claim a is there twice");
    String initial =
        CLAIM
            .replace("psnr", "spectra.lambda_min\n    scope: sample")
            .replace("resolution: 200", "epoch: init")
            .replace("encoding: identity", "encoding: identity, epoch: 0");
    assertThatThrownBy(() -> ClaimFile.read(initial, "c.yaml"))
        .hasMessageContaining("kernels at initialisation do not depend on the picture");
  }
}
