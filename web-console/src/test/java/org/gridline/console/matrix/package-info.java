/**
 * Who may see what: every call of the API, by everybody, for every kind of thing.
 *
 * <p>In: the API's own description (its {@code x-permission} and {@code x-scope}), the city pack's
 * files, a real server on a real database.
 *
 * <p>Out: for each answer whether it is the right one and whether it tells what its asker may not
 * know.
 *
 * <p>Who may call: nobody.
 *
 * <p>Invariant: what is right is worked out here from the domain's rules and the pack's files,
 * never asked of the code that is being judged.
 */
@NullMarked
package org.gridline.console.matrix;

import org.jspecify.annotations.NullMarked;
