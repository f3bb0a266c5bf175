package org.gridline.dispatch.store;

/**
 * The end of a statement that begins with {@code WITH old AS (…),}: these files lose key and bytes.
 */
final class ForgottenFiles {
  private ForgottenFiles() {}

  /**
   * @param at the parameter that holds the time
   */
  static String sql(String at) {
    return """
    parts AS (DELETE FROM evidence_part p USING old WHERE p.evidence_id = old.id RETURNING p.chunk),
    loose AS (INSERT INTO evidence_loose (sha256) SELECT DISTINCT chunk FROM parts)
    UPDATE evidence e SET state = 'ERASED', erased_at = %s, wrapped_key = NULL, details = NULL, cover_with = NULL
      FROM old WHERE e.id = old.id
    """
        .formatted(at);
  }
}
