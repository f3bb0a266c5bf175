/**
 * The house as people see it, in real browsers.
 *
 * <p>In: the built pages, a real server on a real database, Debian's Chromium.
 *
 * <p>Out: numbered stories; pictures of each page in {@code target/screenshots}.
 *
 * <p>Who may call: nobody.
 *
 * <p>Invariant: stories speak in verbs of the desk; only drivers know the hooks of {@code
 * web-console/pages/README.md}, and nothing waits for time.
 */
@NullMarked
package org.gridline.console.browser;

import org.jspecify.annotations.NullMarked;
