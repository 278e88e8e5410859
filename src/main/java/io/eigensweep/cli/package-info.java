/** Commands: parse the command line, call the packages below, print, return an exit code. */
@NullMarked
package io.eigensweep.cli;

import org.jspecify.annotations.NullMarked;
