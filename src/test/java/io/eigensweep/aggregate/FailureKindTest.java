package io.eigensweep.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.result.SampleResults;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.TrialResult;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FailureKindTest {

  @Test
  void gathersMessagesThatDifferInNumbersAndNamesOnly() {
    List<TrialRow> rows =
        Stream.of(
                failed("b.JPEG", Status.FAILED, "b.JPEG: row 17 is missing"),
                failed("a.JPEG", Status.FAILED, "a.JPEG: row 3 is missing"),
                failed("a.JPEG", Status.FAILED, "no picture"),
                failed("a.JPEG", Status.TIMED_OUT, "no picture"),
                SampleResults.succeeded(
                    SampleResults.trial(
                        SampleResults.photo("a.JPEG"), SampleResults.IDENTITY, 100, 3),
                    30.0,
                    0.9))
            .map(TrialRow::of)
            .toList();

    List<FailureKind> kinds = FailureKind.of(rows);

    assertThat(kinds).extracting(FailureKind::count).containsExactly(2, 1, 1);
    assertThat(kinds.get(0).message()).isEqualTo("a.JPEG: row 3 is missing");
    assertThat(kinds.get(0).example().name()).isEqualTo("n01440764/a.JPEG");
    assertThat(kinds)
        .extracting(FailureKind::status)
        .containsExactly(Status.FAILED, Status.TIMED_OUT, Status.FAILED);
  }

  private static TrialResult failed(String file, Status status, String message) {
    return SampleResults.failed(
        SampleResults.trial(SampleResults.photo(file), SampleResults.IDENTITY, 100, 0),
        status,
        message);
  }
}
