package io.eigensweep.aggregate;

import io.eigensweep.result.Hyperparameter;
import io.eigensweep.result.Hyperparameters;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Two sweeps A and B, setting by setting. Settings belong together when they agree in everything
 * but picture and seed, as in {@link Comparison}, and but what is the same in all of A and, with
 * another value, in all of B, such as a learning rate: that is what the sweeps are compared for.
 *
 * @param differences what is constant in each of the sweeps, with another value
 * @param lines the settings, those that one sweep alone has included
 */
public record SideBySide(List<Difference> differences, List<Line> lines) {

  /**
   * A hyperparameter that is the same in all of a sweep.
   *
   * @param column its name
   * @param first its value in A, null when it has none
   * @param second its value in B
   */
  public record Difference(String column, @Nullable Object first, @Nullable Object second) {}

  /**
   * One setting.
   *
   * @param setting its name
   * @param first its statistics in A, null when A does not have it
   * @param second those in B
   * @param difference A minus B on the same pictures and seeds
   */
  public record Line(
      String setting,
      @Nullable ComparisonRow first,
      @Nullable ComparisonRow second,
      PairedComparison difference) {}

  /** The sweep {@code a} beside {@code b}. */
  public static SideBySide of(Comparison a, Comparison b) {
    List<Difference> differences = differences(a.bySetting().keySet(), b.bySetting().keySet());
    Set<String> ignored =
        differences.stream().map(Difference::column).collect(Collectors.toUnmodifiableSet());
    Map<Setting, Group> ofA = without(a, ignored);
    Map<Setting, Group> ofB = without(b, ignored);
    Map<Setting, Boolean> all = new TreeMap<>(Setting.ORDER);
    ofA.keySet().forEach(setting -> all.put(setting, true));
    ofB.keySet().forEach(setting -> all.put(setting, true));
    SettingLabels labels = new SettingLabels(all.keySet());
    List<Line> lines = new ArrayList<>();
    for (Setting setting : all.keySet()) {
      Group own = ofA.get(setting);
      Group other = ofB.get(setting);
      lines.add(
          new Line(
              labels.of(setting),
              own == null ? null : a.row(own),
              other == null ? null : b.row(other),
              own == null || other == null
                  ? PairedComparison.NONE
                  : Comparison.against(own, other, labels.of(setting))));
    }
    return new SideBySide(differences, List.copyOf(lines));
  }

  private static Map<Setting, Group> without(Comparison sweep, Set<String> columns) {
    Map<Setting, Group> groups = new TreeMap<>(Setting.ORDER);
    sweep.bySetting().forEach((setting, group) -> groups.put(setting.without(columns), group));
    return groups;
  }

  private static List<Difference> differences(Set<Setting> first, Set<Setting> second) {
    List<Difference> differences = new ArrayList<>();
    for (Hyperparameter parameter : Hyperparameters.SETTING) {
      if (parameter.group().equals("encoding")) {
        continue;
      }
      Set<Optional<Object>> ofA = values(first, parameter.name());
      Set<Optional<Object>> ofB = values(second, parameter.name());
      if (ofA.size() == 1 && ofB.size() == 1 && !ofA.equals(ofB)) {
        differences.add(
            new Difference(
                parameter.name(),
                ofA.iterator().next().orElse(null),
                ofB.iterator().next().orElse(null)));
      }
    }
    return List.copyOf(differences);
  }

  private static Set<Optional<Object>> values(Set<Setting> settings, String column) {
    Set<Optional<Object>> values = new HashSet<>();
    settings.forEach(setting -> values.add(Optional.ofNullable(setting.rest().get(column))));
    return values;
  }
}
