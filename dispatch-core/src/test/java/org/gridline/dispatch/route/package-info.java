/** Tests of the feature package of the same name. */
@NullMarked
package org.gridline.dispatch.route;

import org.jspecify.annotations.NullMarked;
