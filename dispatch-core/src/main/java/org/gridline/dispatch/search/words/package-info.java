/**
 * In: the sealed log and the tickets it speaks of. Out: ids of tickets by their words, within the
 * asker's scope. Callers: wiring only; everybody else sees the port in {@code ticket}. Invariant:
 * the folder can be thrown away at any moment; what is committed says up to which position of which
 * log it has read, and nothing that is stored can be read as a text.
 */
@NullMarked
package org.gridline.dispatch.search.words;

import org.jspecify.annotations.NullMarked;
