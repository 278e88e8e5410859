package io.eigensweep.plan;

import io.eigensweep.settings.CanonicalJson;
import io.eigensweep.settings.Schema;
import io.eigensweep.settings.TypeName;
import io.eigensweep.trial.Trial;
import java.util.ArrayList;
import java.util.List;

/** A trial in a few words: what is not at its default. */
public final class TrialText {
  private TrialText() {}

  /** Encoding, network and training of {@code trial}. */
  public static String settings(Trial trial) {
    List<String> words = new ArrayList<>(words((Record) trial.encoding()));
    words.addAll(words(trial.network()));
    words.addAll(words(trial.training()));
    return String.join(" ", words);
  }

  /** {@code type} and {@code key=value} of every value that is not the default. */
  private static List<String> words(Record settings) {
    List<String> words = new ArrayList<>();
    TypeName type = settings.getClass().getAnnotation(TypeName.class);
    if (type != null) {
      words.add(type.value());
    }
    Schema.walk(
        settings,
        (component, value) -> {
          if (value != null && !component.isDefault(value)) {
            words.add(component.name() + "=" + CanonicalJson.text(value));
          }
        });
    return words;
  }
}
