package io.eigensweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.store.SampleSweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The questions of {@code docs/queries.md}, asked of the sample sweep. */
class QueriesTest {
  private static final Pattern QUESTION =
      Pattern.compile(
          "## (\\d+)\\. [^\\n]+\\n.*?```sql\\n(.*?)```\\n\\n```text\\n(.*?)```", Pattern.DOTALL);

  private record Question(int number, String query, String answer) {}

  @TempDir static Path folder;

  @BeforeAll
  static void aggregate() {
    SampleSweep.write(folder, SampleSweep.results());
    Program aggregate = Program.run("aggregate", "--out", folder.toString());
    assertThat(aggregate.code()).as(aggregate.err()).isZero();
  }

  @Test
  void thereAreTen() throws IOException {
    assertThat(questions())
        .extracting(Question::number)
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  }

  @Test
  void eachHasTheAnswerThatTheDocumentShows() throws IOException {
    for (Question question : questions()) {
      Program sql = Program.run("sql", "--out", folder.toString(), question.query());
      assertThat(sql.code()).as(sql.err()).isZero();
      assertThat(sql.out()).as("question %s", question.number()).isEqualTo(question.answer());
      assertThat(sql.out().lines().count()).as("rows of %s", question.number()).isGreaterThan(2);
    }
  }

  static List<Question> questions() throws IOException {
    Matcher matcher = QUESTION.matcher(Files.readString(Path.of("docs/queries.md")));
    List<Question> questions = new ArrayList<>();
    while (matcher.find()) {
      questions.add(
          new Question(Integer.parseInt(matcher.group(1)), matcher.group(2), matcher.group(3)));
    }
    return questions;
  }
}
