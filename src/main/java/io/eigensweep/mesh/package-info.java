/**
 * Triangle meshes: reading, exact distances, winding numbers, sampling, extraction from a field.
 * Pure geometry, without files and without signals.
 */
@NullMarked
package io.eigensweep.mesh;

import org.jspecify.annotations.NullMarked;
