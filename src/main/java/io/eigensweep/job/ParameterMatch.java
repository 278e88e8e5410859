package io.eigensweep.job;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.encoding.GridEncoding;
import io.eigensweep.settings.CanonicalJson;
import io.eigensweep.settings.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The key {@code match-parameters}: how wide the networks behind encodings without grids are.
 * {@code false} leaves them as the job says; a grid's block widens them until they have as many
 * parameters as the network of the job behind that grid; {@code true} stands for every grid of the
 * job in turn. A list is an axis, as elsewhere.
 *
 * @param target a {@link GridEncoding}, null where nothing is matched
 */
public record ParameterMatch(@Nullable Encoding target) {
  /** The job's key. */
  static final String KEY = "match-parameters";

  /** Networks as the job says. */
  public static final ParameterMatch NONE = new ParameterMatch(null);

  /**
   * The points of the axis, each once.
   *
   * @param encodings the encodings of the job
   */
  static List<ParameterMatch> read(Node node, List<Encoding> encodings) {
    List<Node> items = node instanceof Node.Sequence list ? list.items() : List.of(node);
    if (items.isEmpty()) {
      throw Binder.emptyList(node, KEY);
    }
    List<ParameterMatch> matches = new ArrayList<>();
    for (Node item : items) {
      if (item instanceof Node.Mapping) {
        Binder.points(Encoding.class, item, KEY).forEach(target -> matches.add(grid(target)));
      } else if ((boolean) Scalars.value(boolean.class, item, KEY)) {
        matches.addAll(all(item, encodings));
      } else {
        matches.add(NONE);
      }
    }
    return matches.stream().distinct().toList();
  }

  private static ParameterMatch grid(Bound<Encoding> target) {
    if (target.value() instanceof GridEncoding) {
      return new ParameterMatch(target.value());
    }
    String type = Names.typeName(target.value().getClass());
    throw target.at().error("%s must name a multigrid or hashgrid, got %s", KEY, type);
  }

  private static List<ParameterMatch> all(Node at, List<Encoding> encodings) {
    List<ParameterMatch> matches =
        encodings.stream()
            .filter(encoding -> encoding instanceof GridEncoding)
            .map(ParameterMatch::new)
            .toList();
    if (matches.isEmpty()) {
      throw at.error(
          "%1$s: true needs a multigrid or hashgrid in encoding; or write the grid, for example"
              + " %1$s: {type: multigrid, resolution: 200}",
          KEY);
    }
    return matches;
  }

  /** The axis in a job's canonical JSON. */
  static String json(List<ParameterMatch> matches) {
    return matches.stream()
        .map(
            match -> match.target() == null ? "false" : CanonicalJson.full((Record) match.target()))
        .collect(Collectors.joining(",", "[", "]"));
  }
}
