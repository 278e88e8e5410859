/** Tables, SQL views and the report's data out of committed rows. */
@NullMarked
package io.eigensweep.tables;

import org.jspecify.annotations.NullMarked;
