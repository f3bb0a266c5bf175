/**
 * In: log events of the whole process. Out: one line each, as text or as JSON. Who may call:
 * logback, by its configuration. Invariant: an event can't make a second line, and an exception's
 * message, which may quote somebody, is never written.
 */
@NullMarked
package org.gridline.console.log;

import org.jspecify.annotations.NullMarked;
