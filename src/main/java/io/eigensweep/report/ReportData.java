package io.eigensweep.report;

import io.eigensweep.aggregate.Comparison;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a report is made from, already summarised: its size depends on the number of
 * settings and shown pictures, but for the rows' scalars not on the number of trials.
 *
 * @param job the text of {@code job.json}
 * @param comparison of all settings
 * @param facts of each row
 * @param spectra of the settings that plots show
 * @param curves of the same settings
 * @param decays of the same settings, when one of them freezes a part of the network
 * @param gallery pictures
 */
public record ReportData(
    Optional<String> job,
    Comparison comparison,
    List<TrialFacts> facts,
    List<SpectrumBand> spectra,
    List<CurveBand> curves,
    List<DecayBand> decays,
    Gallery gallery) {}
