/**
 * What a report is about.
 *
 * <p>In: words. Out: categories with scores and the words that caused them. Called by intake and
 * the desk. Invariant: deterministic; the same words and tree give the same suggestions.
 */
@NullMarked
package org.gridline.dispatch.classify;

import org.jspecify.annotations.NullMarked;
