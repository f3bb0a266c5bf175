/** Tests of the feature package of the same name. */
@NullMarked
package org.gridline.dispatch.ticket;

import org.jspecify.annotations.NullMarked;
