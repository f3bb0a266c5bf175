/** Tests of the feature package of the same name. */
@NullMarked
package org.gridline.dispatch.notice;

import org.jspecify.annotations.NullMarked;
