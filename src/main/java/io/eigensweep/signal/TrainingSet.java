package io.eigensweep.signal;

import io.eigensweep.metric.Loss;
import org.jspecify.annotations.Nullable;

/**
 * Points with the signal's values.
 *
 * @param points N × d coordinates in [0,1]^d, row-major
 * @param targets N × C values
 * @param loss how a network's outputs are compared with them
 * @param low lower end of the range of values
 * @param high its upper end
 * @param ambiguousShare share of the points of which it is not clear on which side of the surface
 *     they lie; null where there is no surface
 */
@SuppressWarnings("ArrayRecordComponent") // tables shared read-only with inner loops
public record TrainingSet(
    double[] points,
    float[] targets,
    Loss loss,
    double low,
    double high,
    @Nullable Double ambiguousShare) {}
