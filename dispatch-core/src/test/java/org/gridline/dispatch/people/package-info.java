/** Tests of the feature package of the same name. */
@NullMarked
package org.gridline.dispatch.people;

import org.jspecify.annotations.NullMarked;
