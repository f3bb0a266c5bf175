/** Tests of what files are and what is kept of them; and files for other tests. */
@NullMarked
package org.gridline.dispatch.evidence;

import org.jspecify.annotations.NullMarked;
