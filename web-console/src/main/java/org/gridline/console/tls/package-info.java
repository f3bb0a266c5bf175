/**
 * HTTPS: keys of a city, a local authority for the sample, and what the plain port still does. In:
 * options and key files. Out: TLS options for listeners. May call: the console's start. Invariant:
 * an unreadable new key never replaces one that works.
 */
@NullMarked
package org.gridline.console.tls;

import org.jspecify.annotations.NullMarked;
