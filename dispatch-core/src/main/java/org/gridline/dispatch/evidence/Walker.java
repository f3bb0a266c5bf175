package org.gridline.dispatch.evidence;

/**
 * Goes through a file of one kind as it streams by, and keeps no more of it than a header. Used by
 * one thread.
 */
interface Walker {
  /**
   * The next bytes of the file.
   *
   * @throws org.gridline.dispatch.Failure {@code attachment_refused} as soon as it is not such a
   *     file, or too large a picture
   */
  void take(byte[] bytes);

  /**
   * The file ended.
   *
   * @throws org.gridline.dispatch.Failure {@code attachment_refused} when its end is missing
   */
  Finding end();
}
