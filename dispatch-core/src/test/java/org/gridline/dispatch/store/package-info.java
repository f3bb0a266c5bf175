/** Tests on a real PostGIS server, and the server itself for other modules' tests. */
@NullMarked
package org.gridline.dispatch.store;

import org.jspecify.annotations.NullMarked;
