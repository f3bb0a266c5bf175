/** Tests of the life of a call. */
@NullMarked
package org.gridline.dispatch.call;

import org.jspecify.annotations.NullMarked;
