/** Tests of what became of areas. */
@NullMarked
package org.gridline.dispatch.ground;

import org.jspecify.annotations.NullMarked;
