/** What is regressed: photographs in the ImageNet layout, single images, generated images. */
@NullMarked
package io.eigensweep.signal;

import org.jspecify.annotations.NullMarked;
