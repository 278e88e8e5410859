package io.eigensweep.picture;

/** The embedded pictures, which need no files. */
public enum GeneratedKind {
  /** Occluding discs with power-law radii: edges and 1/f statistics like a photograph's. */
  DEAD_LEAVES,
  /** cos of a quadratic phase: every spatial frequency up to Nyquist's once. */
  ZONE_PLATE,
  /** Siemens star: angular frequency rises without bound towards the centre. */
  STAR,
  /** Dark strokes on a light ground, like text. */
  GLYPHS
}
