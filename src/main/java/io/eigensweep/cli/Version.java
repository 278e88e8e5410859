package io.eigensweep.cli;

import io.eigensweep.trial.Machine;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    Machine build = Machine.current();
    return new String[] {"eigensweep " + build.codeVersion() + " (" + build.gitCommit() + ")"};
  }
}
