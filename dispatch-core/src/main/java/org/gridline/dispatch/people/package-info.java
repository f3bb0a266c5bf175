/**
 * Who acts, what they may do, and how far they may look.
 *
 * <p>In: users and roles. Out: permissions and scopes. Called by every use case. Invariant: no
 * query without a scope.
 */
@NullMarked
package org.gridline.dispatch.people;

import org.jspecify.annotations.NullMarked;
