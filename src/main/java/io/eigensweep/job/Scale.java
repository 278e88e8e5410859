package io.eigensweep.job;

import java.util.List;

/**
 * How large studies are run: a table with a row for each study, by the name of its job, of what is
 * set in that job, as {@code --set} does it: paths and values. The studies are in the order of the
 * table; what a row does not name stays as the job has it.
 */
public final class Scale {
  private final String fileName;
  private final Node.Mapping table;

  private Scale(String fileName, Node.Mapping table) {
    this.fileName = fileName;
    this.table = table;
  }

  /**
   * The scale in {@code text}, which is YAML.
   *
   * @param fileName how messages call it
   * @throws JobException when it is no table of studies: one line with the position
   */
  public static Scale read(String text, String fileName) {
    Node root = YamlReader.read(text, fileName);
    if (!(root instanceof Node.Mapping table) || table.entries().isEmpty()) {
      throw root.at()
          .error("a scale is a block with the name of a job and what is set in it, each line");
    }
    for (Node.Entry study : table.entries()) {
      if (!(study.value() instanceof Node.Mapping)) {
        throw study
            .at()
            .error(
                "%s must be a block of paths and values, for example {network.width: 64}, got %s",
                study.key(), study.value().describe());
      }
    }
    return new Scale(fileName, table);
  }

  /** The names of the jobs that it is for. */
  public List<String> studies() {
    return table.entries().stream().map(Node.Entry::key).toList();
  }

  /** The job {@code root} at this scale. */
  Node of(Node root) {
    Node name = root instanceof Node.Mapping job ? job.get("name") : null;
    String study = name instanceof Node.Scalar scalar ? scalar.text() : "";
    if (!(table.get(study) instanceof Node.Mapping row)) {
      throw new JobException(
          fileName
              + " does not say how large \""
              + study
              + "\" is"
              + Nearest.hint(study, studies()));
    }
    Node changed = root;
    for (Node.Entry set : row.entries()) {
      changed = Overrides.of(set.key(), set.at(), set.value()).on(changed);
    }
    return changed;
  }
}
