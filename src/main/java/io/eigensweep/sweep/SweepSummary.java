package io.eigensweep.sweep;

/**
 * What a sweep did, seen from its driver.
 *
 * @param ended trials that got a row
 * @param postponed trials that would not have ended in time, or were stopped
 * @param givenUp trials whose row could not be stored, or that Spark could not run
 * @param firstProblem why the first of them was given up, empty when none was
 * @param slots cores at the end
 * @param busySeconds core-time in trials
 * @param availableSeconds core-time from the first start to the end
 * @param makespanSeconds from the first start to the last end
 * @param idealSeconds what no order of the same trials could undercut: the work spread evenly over
 *     the cores, or the longest trial
 */
public record SweepSummary(
    long ended,
    long postponed,
    long givenUp,
    String firstProblem,
    int slots,
    double busySeconds,
    double availableSeconds,
    double makespanSeconds,
    double idealSeconds) {}
