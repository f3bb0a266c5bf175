package org.gridline.dispatch.store;

/**
 * Free text ready to be stored.
 *
 * @param commit salted commitment that stands in the event
 */
record SealedWords(long id, byte[] sealed, byte[] commit) {}
