/** Mail, against a real server. */
@NullMarked
package org.gridline.hotline.mail;

import org.jspecify.annotations.NullMarked;
