package io.eigensweep.signal;

import java.io.Serializable;

/**
 * A set of pictures or surfaces as a job declares it. {@link SignalResolver} turns it into the
 * {@link Signal}s that trials name, one per picture.
 */
public sealed interface SignalSource extends Serializable
    permits ImagenetSource, ImageSource, GeneratedSource, MeshSource {}
