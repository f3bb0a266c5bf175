/**
 * PostgreSQL adapters and migrations: the only package that speaks SQL.
 *
 * <p>In: decisions and queries with their scope. Out: rows, or a {@code Failure}. Called through
 * the feature packages' ports. Invariant: one statement per use case; parameters are always bound.
 */
@NullMarked
package org.gridline.dispatch.store;

import org.jspecify.annotations.NullMarked;
