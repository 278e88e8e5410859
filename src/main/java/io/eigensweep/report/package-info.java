/** Tables rendered as Markdown and CSV. */
@NullMarked
package io.eigensweep.report;

import org.jspecify.annotations.NullMarked;
