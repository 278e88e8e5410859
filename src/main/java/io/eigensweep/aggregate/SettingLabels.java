package io.eigensweep.aggregate;

import io.eigensweep.result.Hyperparameter;
import io.eigensweep.result.Hyperparameters;
import io.eigensweep.settings.CanonicalJson;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names for settings, such as {@code multigrid L=2 k=2 R=200 width=512}: the encoding, what always
 * characterises it, and what varies between the settings of a sweep.
 */
final class SettingLabels {
  private static final Map<String, String> CHARACTERISTIC =
      Map.of("levels", "L", "features", "k", "resolution", "R");
  private static final Map<String, String> SHORT = Map.of("learning_rate", "lr");

  private final Collection<Setting> settings;

  SettingLabels(Collection<Setting> settings) {
    this.settings = settings;
  }

  /** The name of {@code setting}. */
  String of(Setting setting) {
    return without(setting, "");
  }

  /** The name of {@code setting} that does not mention {@code column}. */
  String without(Setting setting, String column) {
    StringBuilder label = new StringBuilder(setting.encoding());
    for (Hyperparameter parameter : Hyperparameters.SETTING) {
      Object value = setting.value(parameter.name());
      if (value != null && !parameter.name().equals(column) && shown(setting, parameter)) {
        label.append(' ').append(symbol(parameter.name())).append('=').append(text(value));
      }
    }
    return label.toString();
  }

  private boolean shown(Setting setting, Hyperparameter parameter) {
    boolean own = parameter.group().equals("encoding");
    if (own && CHARACTERISTIC.containsKey(parameter.name())) {
      return true;
    }
    Set<Optional<Object>> values =
        settings.stream()
            .filter(other -> !own || other.encoding().equals(setting.encoding()))
            .map(other -> Optional.ofNullable(other.value(parameter.name())))
            .collect(Collectors.toSet());
    return values.size() > 1;
  }

  private static String symbol(String column) {
    return CHARACTERISTIC.getOrDefault(column, SHORT.getOrDefault(column, column));
  }

  private static String text(Object value) {
    return value instanceof Double number ? CanonicalJson.number(number) : value.toString();
  }
}
