@NullMarked
package org.gridline.bench.torture;

import org.jspecify.annotations.NullMarked;
