/**
 * Signing in by a provider outside (OpenID Connect).
 *
 * <p>In: the provider's answer. Out: the verified name of an account. Called by its routes on
 * threads that may wait. Invariant: nothing is believed before signature, issuer, audience, nonce
 * and time were checked.
 */
@NullMarked
package org.gridline.console.oidc;

import org.jspecify.annotations.NullMarked;
