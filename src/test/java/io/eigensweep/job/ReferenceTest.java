package io.eigensweep.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.linalg.LinalgSettings;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.ntk.NtkSettings;
import io.eigensweep.settings.Names;
import io.eigensweep.settings.Schema;
import io.eigensweep.signal.SignalSource;
import io.eigensweep.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code conf/reference.yaml} says what the records say: no key, default or meaning differs. */
class ReferenceTest {
  private final List<String> lines;
  private final Node.Mapping root;

  ReferenceTest() throws IOException {
    String text = Files.readString(Path.of("conf/reference.yaml"));
    lines = text.lines().toList();
    root = (Node.Mapping) YamlReader.read(text, "reference.yaml");
  }

  @Test
  void hasEveryKeyOfAJobInTheirOrder() {
    assertThat(root.entries()).extracting(Node.Entry::key).isEqualTo(JobFile.KEYS);
  }

  @ParameterizedTest
  @ValueSource(classes = {SignalSource.class, Encoding.class})
  void hasABlockForEveryType(Class<?> section) {
    String name = section == Encoding.class ? "encoding" : "signal";
    List<Node.Mapping> blocks =
        ((Node.Sequence) value(name)).items().stream().map(Node.Mapping.class::cast).toList();

    assertThat(blocks)
        .extracting(block -> ((Node.Scalar) block.entries().get(0).value()).text())
        .containsExactlyInAnyOrderElementsOf(Schema.types(section).keySet());
    for (Node.Mapping block : blocks) {
      assertThat(block.entries().get(0).key()).isEqualTo("type");
      String type = ((Node.Scalar) block.entries().get(0).value()).text();
      Class<?> record = Objects.requireNonNull(Schema.types(section).get(type));
      assertDescribes(record, block.entries().subList(1, block.entries().size()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        NetworkSettings.class,
        TrainingSettings.class,
        NtkSettings.class,
        LinalgSettings.class
      })
  void describesEverySection(Class<?> record) {
    String name = record.getSimpleName().replace("Settings", "").toLowerCase(Locale.ROOT);

    assertDescribes(record, ((Node.Mapping) value(name)).entries());
  }

  @Test
  void isAJobWithTheDefaults() throws IOException {
    Job reference =
        JobFile.read(Files.readString(Path.of("conf/reference.yaml")), "reference", List.of());
    Job shortest = JobFile.read("name: x\nencoding: {type: identity}", "shortest", List.of());

    assertThat(reference.signals().get(0)).isEqualTo(shortest.signals().get(0));
    assertThat(reference)
        .usingRecursiveComparison()
        .ignoringFields("name", "signals", "encodings", "canonicalJson")
        .isEqualTo(shortest);
  }

  private Node value(String key) {
    return Objects.requireNonNull(root.get(key), key);
  }

  private void assertDescribes(Class<?> record, List<Node.Entry> entries) {
    List<Schema.Component> fields = Schema.of(record);
    assertThat(entries)
        .as(record.getSimpleName())
        .extracting(Node.Entry::key)
        .isEqualTo(fields.stream().map(Schema.Component::name).toList());
    for (int i = 0; i < fields.size(); i++) {
      assertDescribes(fields.get(i), entries.get(i));
    }
  }

  private void assertDescribes(Schema.Component field, Node.Entry entry) {
    String comment = comment(entry.at().line());
    assertThat(comment.toLowerCase(Locale.ROOT))
        .as("comment of line %d", entry.at().line())
        .contains(field.key().meaning().toLowerCase(Locale.ROOT));
    if (!field.key().unit().isEmpty()) {
      assertThat(comment).contains("Unit: " + field.key().unit() + ".");
    }
    if (field.isTyped()) {
      Schema.types(field.type())
          .forEach(
              (type, record) -> {
                assertThat(comment).contains(type);
                for (Schema.Component key : Schema.of(record)) {
                  assertThat(comment)
                      .contains(key.name() + ": " + key.key().fallback(), key.key().meaning());
                }
              });
    }
    if (field.type().isEnum()) {
      assertThat(comment)
          .contains(
              Arrays.stream(field.type().getEnumConstants())
                  .map(constant -> Names.of((Enum<?>) constant))
                  .toList());
    }
    assertThat(comment.contains("ist by nature"))
        .as("line %d is a list by nature", entry.at().line())
        .isEqualTo(field.shape() == Schema.Shape.LIST);
    boolean required = field.key().fallback().isEmpty() && !field.key().optional();
    assertThat(comment.contains("required")).as("line %d", entry.at().line()).isEqualTo(required);
    boolean isBlock = field.shape() == Schema.Shape.BLOCK || Schema.hasShorthand(field.type());
    if (isBlock && entry.value() instanceof Node.Mapping block) {
      assertDescribes(field.type(), block.entries());
    } else if (field.key().optional()) {
      assertThat(entry.value().describe()).isEqualTo("nothing");
    } else if (!required) {
      assertThat(texts(entry.value()))
          .as("default of line %d", entry.at().line())
          .isEqualTo(texts(YamlReader.value(field.key().fallback(), entry.at())));
    }
  }

  private static List<String> texts(Node node) {
    List<Node> items = node instanceof Node.Sequence list ? list.items() : List.of(node);
    List<String> texts = new ArrayList<>();
    items.forEach(item -> texts.add(item.describe()));
    return texts;
  }

  /** The lines of comment directly above line {@code line}, as one. */
  private String comment(int line) {
    Deque<String> comment = new ArrayDeque<>();
    for (int i = line - 2; i >= 0 && lines.get(i).strip().startsWith("#"); i--) {
      comment.addFirst(lines.get(i).strip().substring(1).strip());
    }
    return String.join(" ", comment);
  }
}
