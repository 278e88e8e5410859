package io.eigensweep.job;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every message in full: position, what, value, what is allowed. */
class JobFileErrorsTest {

  /** Blocks are written in flow style, so that a whole job is one line; {@code |} starts a line. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '`',
      value = {
        // The file as a whole.
        "``@ 1:1: a job is a block of keys with at least name and encoding, not nothing",
        "[1, 2]@ 1:1: a job is a block of keys with at least name and encoding, not a list",
        "hello@ 1:1: a job is a block of keys with at least name and encoding, not \"hello\"",
        "encoding: {type: identity}@ 1:1: missing key \"name\" in the job",
        "name: x@ 1:1: missing key \"encoding\" in the job, for example encoding: {type: identity}",
        "name: a b@ 1:7: name must be made of letters, digits, \".\", \"_\" and \"-\", got \"a b\"",
        "name: 7@ 1:7: name: 7 must be text, in quotes",
        "name: [a, b]@ 1:7: name must be text, not a list",
        "name: x|encodng: 1@ 2:1: unknown key \"encodng\" in the job; did you mean \"encoding\"?",
        "name: x|name: y@ 2:1: the key \"name\" is there twice",
        "name: x|---|name: y@ 2:1: a second YAML document; a job is one document",
        "name: &a x|encoding: *a@ 1:7: anchors (&a) are not supported; write it out",
        "name: !!str x@ 1:7: tags (!!str) are not supported",
        "name: x|seeds: !mine [1]@ 2:8: tags (!mine) are not supported",
        "[a]: x@ 1:1: a key must be a single word",
        "name: [x@ 1:9: not valid YAML: expected ',' or ']', but got <stream end>",
        // Keys.
        "E {type: multigrid, resolutoin: 5}@ 2:29: unknown key \"resolutoin\" in encoding"
            + " (multigrid); did you mean \"resolution\"?",
        "E {type: multigrid}@ 2:11: missing key \"resolution\" in encoding (multigrid)",
        "E {type: identity, levels: 2}@ 2:28: unknown key \"levels\" in encoding (identity);"
            + " known: type",
        "E {type: fourier, levels: 8, sigma: 3}@ 2:45: sigma belongs to frequencies gaussian, got 3.0"
            + " with frequencies log",
        "E {type: fourier, levels: 8, frequencies: gaussian, sigma: 0}@ 2:68: sigma must be positive"
            + " and finite, got 0.0",
        "E {levels: 2}@ 2:11: encoding needs a type: one of identity, fourier, multigrid, hashgrid",
        "E {type: multgrid}@ 2:18: unknown type \"multgrid\" in encoding; did you mean"
            + " \"multigrid\"?",
        "E {type: wavelets}@ 2:18: unknown type \"wavelets\" in encoding; known: identity, fourier,"
            + " multigrid, hashgrid",
        "E {type: [identity, fourier]}@ 2:18: type must be one word; write a list of blocks for"
            + " alternatives",
        "E identity@ 2:11: encoding must be a block of keys, not \"identity\"",
        "E []@ 2:11: encoding: the list is empty; give at least one value",
        "E [[{type: identity}]]@ 2:12: encoding must be a list of blocks, not of lists",
        "N {widht: 5}@ 3:11: unknown key \"widht\" in network; did you mean \"width\"?",
        "N {learningRate: 5}@ 3:11: unknown key \"learningRate\" in network; known: hidden-layers,"
            + " width, activation, parameterization, bias",
        "N {type: mlp}@ 3:11: unknown key \"type\" in network; known: hidden-layers, width,"
            + " activation, parameterization, bias",
        "N@ 3:9: network must be a block of keys, not nothing; leave the key out for the defaults",
        "N 5@ 3:10: network must be a block of keys, not 5",
        // Whole numbers.
        "E {type: multigrid, resolution: 50.5}@ 2:41: resolution: 50.5 must be a whole number",
        "N {width: 0}@ 3:18: width must be between 1 and 65536, got 0",
        "N {width: [64, -3]}@ 3:23: width must be between 1 and 65536, got -3",
        "N {width: []}@ 3:18: width: the list is empty; give at least one value",
        "N {width: [[64]]}@ 3:19: width must be a whole number, not a list",
        "N {width: {a: 1}}@ 3:18: width must be a whole number, not a block",
        "N {width: }@ 3:17: width must be a whole number, not nothing",
        "N {width: \"100\"}@ 3:18: width: \"100\" must be a whole number, without quotes",
        "N {width: wide}@ 3:18: width: \"wide\" must be a whole number",
        "N {width: true}@ 3:18: width: true must be a whole number",
        "N {width: 1e2}@ 3:18: width: 1e2 must be a whole number, written in digits only",
        "N {width: .inf}@ 3:18: width: .inf must be a whole number",
        "N {width: 4294967296}@ 3:18: width: 4294967296 is too large, at most 2147483647 is possible",
        "S [0, 1.5]@ 3:12: seeds: 1.5 must be a whole number",
        "S [a]@ 3:9: seeds: \"a\" must be a whole number",
        "S []@ 3:8: seeds: the list is empty; give at least one value",
        "S [[1]]@ 3:9: seeds must be a whole number, not a list",
        "S [9223372036854775808]@ 3:9: seeds: 9223372036854775808 is too large, at most"
            + " 9223372036854775807 is possible",
        // Numbers, booleans, words.
        "T {learning-rate: .nan}@ 3:27: learning-rate: .nan must be a finite number",
        "T {learning-rate: -.inf}@ 3:27: learning-rate: -.inf must be a finite number",
        "T {learning-rate: 1e999}@ 3:27: learning-rate: 1e999 must be a finite number",
        "T {learning-rate: \"1e2\"}@ 3:27: learning-rate: \"1e2\" must be a number, without quotes",
        "T {learning-rate: fast}@ 3:27: learning-rate: \"fast\" must be a number",
        "T {learning-rate: 0}@ 3:27: learning-rate must be positive and finite, got 0.0",
        "T {learning-rate: 1e-999}@ 3:27: learning-rate must be positive and finite, got 0.0",
        "N {bias: yes}@ 3:17: bias: \"yes\" must be true or false",
        "N {bias: 1}@ 3:17: bias: 1 must be true or false",
        "N {activation: rellu}@ 3:23: activation: \"rellu\" must be one of relu, tanh, sine, gelu,"
            + " softplus",
        "N {activation: null}@ 3:23: activation must be one of relu, tanh, sine, gelu, softplus,"
            + " not nothing",
        "A [weights, pictures]@ 3:22: artifacts: \"pictures\" must be one of weights,"
            + " reconstruction",
        "K {epochs: [init, end]}@ 3:22: epochs: an epoch must be init, half, last or a number of"
            + " epochs, got end",
        "K {epochs: [init, 301]}@ 3:15: ntk.epochs asks for epoch 301, but training ends at 300",
        "I synsets: 2.5}@ 3:44: synsets: a count must be all or a whole number, got 2.5",
        "I synsets: 0}@ 3:44: synsets: a count must be all or at least 1, got 0",
        "I size: 1}@ 3:41: size must be between 2 and 16384, got 1",
        "I classes: 5}@ 3:44: classes: 5 must be text, in quotes",
        // Exclusions.
        "X 5@ 3:10: exclude must be a list of blocks such as {network: {width: 512}}, not 5",
        "X [{}]@ 3:11: exclude: an entry without a condition would drop every trial",
        "X [{network: {}}]@ 3:11: exclude: an entry without a condition would drop every trial",
        "X [{netwrok: {}}]@ 3:12: unknown key \"netwrok\" in exclude; did you mean \"network\"?",
        "X [{network: 5}]@ 3:21: exclude.network must be a block of keys, not 5",
        "X [{network: {widht: 5}}]@ 3:22: unknown key \"widht\" in exclude.network; did you mean"
            + " \"width\"?",
        "X [{network: {width: []}}]@ 3:29: width: the list is empty; give at least one value",
        "X [{network: {width: 5.5}}]@ 3:29: width: 5.5 must be a whole number",
        "X [{encoding: {type: nope}}]@ 3:29: unknown type \"nope\" in exclude.encoding; known:"
            + " identity, fourier, multigrid, hashgrid",
        "X [{encoding: {type: fourier, resolution: 5}}]@ 3:38: unknown key \"resolution\" in"
            + " exclude.encoding; known: type, levels, frequencies, sigma",
        "X [{ntk: {epochs: [init]}}]@ 3:26: epochs is no single value and can't be a condition of"
            + " exclude",
        "X [{signal: {type: imagenet, synsets: 3}}]@ 3:37: unknown key \"synsets\" in"
            + " exclude.signal; known: type, root, label, file, size, coordinates, hold-out",
        "X [{seeds: []}]@ 3:19: seeds: the list is empty; give at least one value",
      })
  void namesPositionAndReason(String job, String message) {
    assertThatThrownBy(() -> JobFile.read(expand(job), "job.yaml", List.of()))
        .isInstanceOf(JobException.class)
        .hasMessage("job.yaml:" + message.strip());
  }

  /** A capital letter stands for a section of a job that is valid but for that section. */
  private static String expand(String job) {
    if (!job.matches("[A-Z]( .*)?")) {
      return job.replace('|', '\n');
    }
    String body = job.substring(1);
    if (job.charAt(0) == 'E') {
      return "name: x\nencoding:" + body;
    }
    String head = "name: x\nencoding: {type: identity}\n";
    return head
        + switch (job.charAt(0)) {
          case 'N' -> "network:" + body;
          case 'T' -> "training:" + body;
          case 'S' -> "seeds:" + body;
          case 'A' -> "artifacts:" + body;
          case 'K' -> "ntk:" + body;
          case 'X' -> "exclude:" + body;
          case 'I' -> "signal: {type: imagenet, root: r," + body;
          default -> throw new IllegalArgumentException(job);
        };
  }
}
