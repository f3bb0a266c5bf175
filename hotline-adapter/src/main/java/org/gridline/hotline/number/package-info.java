/**
 * Telephone numbers as people type them.
 *
 * <p>In: text and the city's region. Out: E.164, or {@code phone_invalid}. Called by every channel
 * that takes a caller's number. Invariant: a number is personal data and never prints itself.
 */
@NullMarked
package org.gridline.hotline.number;

import org.jspecify.annotations.NullMarked;
