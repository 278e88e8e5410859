package io.eigensweep.trial;

import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who computed a row, when, with what.
 *
 * @param startedAt when the trial started
 * @param finishedAt when it ended
 * @param host the machine's name
 * @param attempt which attempt at the trial this was, from 0
 * @param codeVersion the project's version
 * @param gitCommit the commit the code was built from, {@code unknown} outside a checkout
 * @param javaVersion the JVM's version
 * @param cpu the processor's model
 * @param blas the matrix library and its kernels, for example {@code openblas-0.3.31 Haswell}
 * @param blasProblem why this is the Java library where the native one was wanted, else null
 */
public record Provenance(
    Instant startedAt,
    Instant finishedAt,
    String host,
    int attempt,
    String codeVersion,
    String gitCommit,
    String javaVersion,
    String cpu,
    String blas,
    @Nullable String blasProblem)
    implements Serializable {}
