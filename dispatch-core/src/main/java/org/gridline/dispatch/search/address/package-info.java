/**
 * In: the pack's places and areas. Out: suggestions while somebody types, by character, pinyin,
 * initials or with a mistake. Callers: wiring only; everybody else sees the port in {@code place}.
 * Invariant: the index lives in memory and is made anew from the pack at each start. Lucene is
 * spoken here and in the package beside it only.
 */
@NullMarked
package org.gridline.dispatch.search.address;

import org.jspecify.annotations.NullMarked;
