/** Tests of the package of the same name. */
@NullMarked
package org.gridline.dispatch.search.words;

import org.jspecify.annotations.NullMarked;
