/** Tests of the feature package of the same name. */
@NullMarked
package org.gridline.dispatch.city;

import org.jspecify.annotations.NullMarked;
