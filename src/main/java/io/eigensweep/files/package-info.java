/** Names and troubles of file systems: what a user's text names, and what an error means. */
@NullMarked
package io.eigensweep.files;

import org.jspecify.annotations.NullMarked;
