package io.eigensweep.plan;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.encoding.GridEncoding;
import io.eigensweep.job.Exclusion;
import io.eigensweep.job.Job;
import io.eigensweep.job.JobException;
import io.eigensweep.job.ParameterMatch;
import io.eigensweep.linalg.LinalgSettings;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.ntk.NtkSettings;
import io.eigensweep.signal.Signal;
import io.eigensweep.training.TrainingSettings;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialId;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The product of a job's axes and pictures: pure, in a fixed order. */
public final class Grid {
  /** The most points of a grid; more would not fit the driver's memory. */
  private static final long MAX_POINTS = 5_000_000;

  /** So many texts are kept at most, and those of one picture. */
  private static final int MANY_TEXTS = 10_000;

  private final Job job;
  private final Map<TrialId, Trial> trials = new LinkedHashMap<>();

  /** Texts of the parts that trials share: a trial's id is made of them. */
  private final IdentityHashMap<Record, String> texts = new IdentityHashMap<>();

  private final boolean[] used;
  private final Set<String> farMatches = new LinkedHashSet<>();
  private int excluded;
  private int duplicates;

  private Grid(Job job) {
    this.job = job;
    this.used = new boolean[job.exclusions().size()];
  }

  /**
   * Every trial of {@code job} on {@code signals}, the signal slowest and the seed fastest.
   *
   * @throws JobException when the grid has more than 5,000,000 points
   */
  public static Expansion expand(Job job, List<Signal> signals) {
    double points =
        (double) signals.size()
            * job.encodings().size()
            * job.networks().size()
            * job.matches().size()
            * job.trainings().size()
            * job.ntks().size()
            * job.linalgs().size()
            * job.seeds().size();
    if (points > MAX_POINTS) {
      throw new JobException(
          String.format(
              Locale.ROOT,
              "%s: the grid has %,.0f points, at most %,d are allowed; split the job",
              job.name(),
              points,
              MAX_POINTS));
    }
    Grid grid = new Grid(job);
    for (Signal signal : signals) {
      if (grid.texts.size() > MANY_TEXTS) {
        grid.texts.clear();
      }
      for (Encoding encoding : job.encodings()) {
        for (NetworkSettings network : job.networks()) {
          for (NetworkSettings matched : grid.matched(signal, encoding, network)) {
            for (TrainingSettings training : job.trainings()) {
              grid.add(signal, encoding, matched, training);
            }
          }
        }
      }
    }
    return new Expansion(grid.trials, grid.excluded, grid.duplicates, grid.notes());
  }

  /** The widths of {@code network} that the job asks for behind {@code encoding}, each once. */
  private Set<NetworkSettings> matched(Signal signal, Encoding encoding, NetworkSettings network) {
    if (encoding instanceof GridEncoding) {
      return Set.of(network);
    }
    Set<NetworkSettings> networks = new LinkedHashSet<>();
    for (ParameterMatch match : job.matches()) {
      if (match.target() == null) {
        networks.add(network);
        continue;
      }
      MatchedWidth width =
          MatchedWidth.of(
              network, encoding, match.target(), signal.dimensions(), signal.channels());
      networks.add(width.network());
      if (!width.isNear()) {
        farMatches.add(width.note(encoding));
      }
    }
    return networks;
  }

  private void add(
      Signal signal, Encoding encoding, NetworkSettings network, TrainingSettings training) {
    for (NtkSettings settings : job.ntks()) {
      NtkSettings ntk = settings.resolved(training.epochs()); // one for all its trials
      for (LinalgSettings linalg : job.linalgs()) {
        for (long seed : job.seeds()) {
          add(new Trial(signal, encoding, network, training, ntk, linalg, seed, job.artifacts()));
        }
      }
    }
  }

  private void add(Trial trial) {
    if (isExcluded(trial)) {
      excluded++;
    } else if (trials.putIfAbsent(TrialId.of(trial, texts), trial) != null) {
      duplicates++;
    }
  }

  private boolean isExcluded(Trial trial) {
    boolean dropped = false;
    for (int i = 0; i < used.length; i++) {
      if (job.exclusions().get(i).matches(trial)) {
        used[i] = true;
        dropped = true;
      }
    }
    return dropped;
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>(farMatches);
    for (int i = 0; i < used.length; i++) {
      Exclusion exclusion = job.exclusions().get(i);
      if (!used[i]) {
        notes.add("exclude: the entry at " + exclusion.where() + " matches no trial");
      }
    }
    if (excluded > 0) {
      notes.add("exclude dropped " + Quantity.count(excluded, "trial"));
    }
    if (duplicates > 0) {
      notes.add(
          Quantity.count(duplicates, "point") + " of the grid repeat a trial that runs already");
    }
    return notes;
  }
}
