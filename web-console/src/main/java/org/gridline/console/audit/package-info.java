/**
 * In: the event log of a database and the anchors of a data folder. Out: a verdict for people and
 * one line of JSON. Who may call: the launcher's {@code audit verify}. Invariant: nothing is
 * written, to the database or to the data folder.
 */
@NullMarked
package org.gridline.console.audit;

import org.jspecify.annotations.NullMarked;
