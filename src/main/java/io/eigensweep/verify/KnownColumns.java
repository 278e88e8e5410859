package io.eigensweep.verify;

import io.eigensweep.network.Parameters;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Repeats without the columns that a row does not have: an earlier program did not measure them, so
 * that it claims nothing of them.
 *
 * @param all computes every column
 * @param known the columns of the row
 */
record KnownColumns(Repeats all, Set<String> known) implements Repeats {

  @Override
  public Map<String, @Nullable Object> row() {
    return restricted(all.row());
  }

  @Override
  public @Nullable Parameters trained() {
    return all.trained();
  }

  @Override
  public Map<String, @Nullable Object> moved(long seed) {
    return restricted(all.moved(seed));
  }

  @Override
  public Map<String, @Nullable Object> evaluated(Parameters trained) {
    return restricted(all.evaluated(trained));
  }

  @Override
  public Map<String, @Nullable Object> judged(Parameters trained) {
    return restricted(all.judged(trained));
  }

  private Map<String, @Nullable Object> restricted(Map<String, @Nullable Object> row) {
    Map<String, @Nullable Object> restricted = new KnownNames(row, known);
    restricted.keySet().retainAll(known);
    return restricted;
  }
}
