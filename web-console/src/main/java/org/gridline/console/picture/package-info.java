/**
 * Drawing small pictures of photos that came from outside.
 *
 * <p>In: a photo whose size was checked, part by part. Out: a JPEG with nothing but its picture.
 * Called by the routes of attachments on threads of their own. Invariant: memory follows the size
 * of the preview, never that of the photo.
 */
@NullMarked
package org.gridline.console.picture;

import org.jspecify.annotations.NullMarked;
