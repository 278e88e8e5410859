/** Everything that touches Apache Spark: distribution, scans, SQL views. */
@NullMarked
package io.eigensweep.spark;

import org.jspecify.annotations.NullMarked;
