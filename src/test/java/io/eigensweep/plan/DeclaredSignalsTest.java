package io.eigensweep.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eigensweep.job.Job;
import io.eigensweep.job.JobFile;
import io.eigensweep.signal.PictureSignal;
import io.eigensweep.signal.Signal;
import io.eigensweep.signal.SignalSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeclaredSignalsTest {
  private static Job job(String signal) {
    return JobFile.read(
        "name: x\nencoding: {type: identity}\nsignal: " + signal, "x.yaml", List.of());
  }

  @Test
  void standsInForPicturesThatCantBeReached() {
    Job job = job("{type: imagenet, root: 'hdfs:///gone', synsets: 40, size: 64}");
    DeclaredSignals declared = DeclaredSignals.of(job.signals().get(0), 40);
    Expansion expansion = Grid.expand(job, declared.signals());

    assertThat(expansion.trials()).hasSize(40);
    assertThat(expansion.duplicates()).isZero();
    assertThat(declared.signals())
        .extracting(signal -> ((PictureSignal) signal).size())
        .containsOnly(64);
    assertThat(
            Plan.of(expansion.trials(), 0, CostModel.nominal(), 1, List.of(declared.note())).text())
        .contains("40: 0 done, 40 to do")
        .contains(
            "hdfs:///gone can't be reached: 40 pictures as declared, not as counted on disk; which"
                + " of their trials are done is not known");
  }

  @Test
  void standsInForFolders() {
    SignalSource source = job("{type: image, path: /gone}").signals().get(0);

    assertThat(DeclaredSignals.of(source, 1).signals())
        .hasOnlyElementsOfType(Signal.ImageFile.class)
        .hasSize(1);
  }

  @Test
  void saysThatAPathIsCostedAsOneFile() {
    SignalSource mesh = job("{type: mesh, path: /gone}").signals().get(0);
    SignalSource image = job("{type: image, path: /gone}").signals().get(0);

    assertThat(DeclaredSignals.of(mesh, 1).note())
        .isEqualTo(
            "/gone can't be reached: costed as one mesh at the points that the job declares; a"
                + " folder has that for each of its files; which of their trials are done is not"
                + " known");
    assertThat(DeclaredSignals.of(image, 1).note())
        .startsWith("/gone can't be reached: costed as one picture; a folder has that for each");
  }

  @Test
  void refusesDrawnPictures() {
    SignalSource source = job("{type: generated}").signals().get(0);

    assertThatThrownBy(() -> DeclaredSignals.of(source, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("can always be reached");
  }
}
