/**
 * In: what the edges of the house see: requests, reports, actions, statements, the live feed. Out:
 * Prometheus text. Who may call: anybody in the console; the head tells through ports of its own.
 * Invariant: labels come from closed sets (route templates, codes, ids of enums), never from what
 * people send, so neither memory nor personal data can grow in here.
 */
@NullMarked
package org.gridline.console.measure;

import org.jspecify.annotations.NullMarked;
