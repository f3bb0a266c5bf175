/** Presence alone, shared, cut in two and lost. */
@NullMarked
package org.gridline.dispatch.cluster;

import org.jspecify.annotations.NullMarked;
