/** Figures against a slow recount. */
@NullMarked
package org.gridline.dispatch.indicator;

import org.jspecify.annotations.NullMarked;
