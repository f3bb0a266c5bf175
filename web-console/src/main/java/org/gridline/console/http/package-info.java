/**
 * The HTTP surface that openapi.yaml describes.
 *
 * <p>In: requests. Out: JSON, problems, pages. Called by browsers and programs; runs on virtual
 * threads and awaits. Invariant: no route reads a ticket without the asker's scope, and no answer
 * or log line tells more than the asker may know.
 */
@NullMarked
package org.gridline.console.http;

import org.jspecify.annotations.NullMarked;
