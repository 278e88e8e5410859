package io.eigensweep.cli;

import io.eigensweep.certify.UnfitMatrixException;
import io.eigensweep.cluster.Logs;
import io.eigensweep.cluster.SparkRelease;
import io.eigensweep.job.JobException;
import io.eigensweep.npy.UnreadableArrayException;
import io.eigensweep.signal.SignalSourceException;
import io.eigensweep.store.ResultStoreException;
import io.eigensweep.sweep.SweepAbortedException;
import io.eigensweep.tables.SqlException;
import io.eigensweep.trial.AttemptFailedException;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The program's entry point. Exit codes: 0 done (trials that failed are rows, not errors), 2 wrong
 * input (one line on stderr), 3 a sweep that ended before each trial had its row, 1 anything else.
 */
public final class Main {
  /** Of input that can't be what was meant. */
  static final int WRONG_INPUT = 2;

  private static final int UNEXPECTED = 1;

  /** Of a sweep that has ended before each trial had its row. */
  static final int INCOMPLETE = 3;

  private Main() {}

  /** Runs the command in {@code args}. */
  public static void main(String[] args) {
    // UTF-8 whatever the locale: names of pictures are printed as they are.
    PrintStream out = stream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
    PrintStream err = stream(new FileOutputStream(FileDescriptor.err));
    // Spark formats names of files with the default locale, in its digits.
    Locale.setDefault(Locale.ROOT);
    int code = run(args, out, err, Terminal.watchesStderr(), () -> prepare(err));
    // A reader who has seen enough (`| head`) is no error.
    if (out.checkError() && !Terminal.stdoutIsPipe()) {
      err.println("eigensweep: the output could not be written");
      code = Math.max(code, UNEXPECTED);
    }
    // In cluster deploy mode on YARN an exit that main does not return from counts as a failure.
    if (code != 0) {
      System.exit(code);
    }
  }

  /** Of a command that is understood; what only asks for help, or is wrong, does without. */
  private static void prepare(PrintStream err) {
    Optional<String> misfit = SparkRelease.present().misfit(SparkRelease.builtFor());
    if (misfit.isPresent()) {
      err.println("eigensweep: " + misfit.get());
      System.exit(WRONG_INPUT);
    }
    SubmittedProperties.load();
    Logs.quieten();
    ProcessEnvironment.settle();
  }

  /** The program without its process. */
  static int run(String[] args, PrintStream out, PrintStream err, boolean terminal) {
    return run(args, out, err, terminal, () -> {});
  }

  /**
   * The program without its process.
   *
   * @param terminal whether {@code err} is watched by someone
   * @param prepare what is done before a command, and not before a help text or an error in the
   *     command line
   * @return the exit code
   */
  static int run(
      String[] args, PrintStream out, PrintStream err, boolean terminal, Runnable prepare) {
    CommandLine line =
        new CommandLine(new Commands(out, err, terminal))
            .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
            .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
            // A job or a query that begins with @ is not a file of arguments.
            .setExpandAtFiles(false)
            .setExecutionStrategy(
                parsed -> {
                  Integer helped = CommandLine.executeHelpRequest(parsed);
                  if (helped != null) {
                    return helped;
                  }
                  if (parsed.hasSubcommand()) {
                    prepare(prepare, parsed);
                  }
                  return new CommandLine.RunLast().execute(parsed);
                })
            .setParameterExceptionHandler((e, arguments) -> misused(e, err))
            .setExecutionExceptionHandler((e, command, parsed) -> failed(e, err));
    int code = line.execute(args);
    out.flush();
    return code;
  }

  /** What goes wrong in it is told as if it had gone wrong in the command. */
  private static void prepare(Runnable prepare, ParseResult parsed) {
    try {
      prepare.run();
    } catch (UsageException e) {
      throw new ExecutionException(parsed.commandSpec().commandLine(), e.getMessage(), e);
    }
  }

  private static int misused(ParameterException error, PrintStream err) {
    String command = error.getCommandLine().getCommandSpec().qualifiedName();
    err.println(oneLine(error) + suggestion(error) + " (see " + command + " --help)");
    return WRONG_INPUT;
  }

  private static String suggestion(ParameterException error) {
    List<String> close =
        error instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    return close.isEmpty() ? "" : "; did you mean " + String.join(" or ", close) + "?";
  }

  /** Says what went wrong; the exit code that means it. */
  static int failed(Exception error, PrintStream err) {
    if (error instanceof UsageException
        || error instanceof JobException
        || error instanceof SignalSourceException
        || error instanceof ResultStoreException
        || error instanceof AttemptFailedException
        || error instanceof SqlException
        || error instanceof UnreadableArrayException
        || error instanceof UnfitMatrixException) {
      err.println(oneLine(error));
      return WRONG_INPUT;
    }
    if (error instanceof OutputClosedException) {
      return 0;
    }
    if (error instanceof SweepAbortedException) {
      err.println(oneLine(error));
      return INCOMPLETE;
    }
    err.println("eigensweep: unexpected " + oneLine(error));
    error.printStackTrace(err);
    return UNEXPECTED;
  }

  private static String oneLine(Exception error) {
    String message = error.getMessage();
    return message == null || message.isBlank()
        ? error.getClass().getName()
        : message.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private static PrintStream stream(java.io.OutputStream target) {
    return new PrintStream(target, false, StandardCharsets.UTF_8);
  }
}
