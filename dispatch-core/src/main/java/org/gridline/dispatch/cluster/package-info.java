/**
 * What servers of one city tell each other and may forget: the only package that speaks Infinispan.
 *
 * <p>In: signs of life. Out: who is here. Called through the feature packages' ports. Invariant:
 * losing the cluster loses nothing else; nobody waits for it.
 */
@NullMarked
package org.gridline.dispatch.cluster;

import org.jspecify.annotations.NullMarked;
