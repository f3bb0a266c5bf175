/** Rules of the house that hold over all packages. */
@NullMarked
package org.gridline.dispatch;

import org.jspecify.annotations.NullMarked;
