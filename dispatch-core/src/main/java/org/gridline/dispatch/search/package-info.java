/**
 * In: texts as people write them. Out: the same texts with one spelling for what sounds or looks
 * the same, character by character. Callers: the two searches below. Invariant: as many characters
 * as before, so that places in a folded text are places in the original.
 */
@NullMarked
package org.gridline.dispatch.search;

import org.jspecify.annotations.NullMarked;
