/**
 * What is let in when more comes than can be taken. In: connections, reports with their senders and
 * urgency. Out: a pass, or a refusal within microseconds. May call: the console's listeners and
 * routes. Invariant: nobody waits here, and urgent reports are never refused for others' sake.
 */
@NullMarked
package org.gridline.console.pressure;

import org.jspecify.annotations.NullMarked;
