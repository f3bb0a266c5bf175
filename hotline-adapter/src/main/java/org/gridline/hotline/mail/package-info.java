/**
 * Notices by e-mail, through any SMTP server.
 *
 * <p>In: letters of the core. Out: mail, and what the server said of it. Called by the core's
 * sending of notices. Invariant: a mail names a ticket and says nothing of who reported it; no
 * address reaches a log.
 */
@NullMarked
package org.gridline.hotline.mail;

import org.jspecify.annotations.NullMarked;
