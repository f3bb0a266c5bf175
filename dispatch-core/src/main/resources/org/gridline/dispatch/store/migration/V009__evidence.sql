-- Why: photos, letters and recordings belong to the steps of a ticket, and stand where standby and backup have them.
--
-- A file is a row, its bytes are parts of at most 1 MiB, each sealed with a key of its own and addressed by the SHA-256
-- of what it holds, so that equal parts are kept once. Without wrapped_key a file is gone; its hash stays, since the
-- chain of its ticket names it.

CREATE TABLE evidence (
  id           bigint PRIMARY KEY,
  uploaded_by  bigint NOT NULL,
  begun_at     timestamptz NOT NULL,
  bytes        bigint NOT NULL,
  state        text NOT NULL CHECK (state IN ('ARRIVING','READY','ABANDONED','ERASED')),
  wrapped_key  bytea,
  sha256       bytea CHECK (length(sha256) = 32),
  type         text,
  width        int,
  height       int,
  orientation  int,
  shown        text,
  details      bytea,
  cover_at     bigint[],
  cover_length bigint[],
  cover_with   bytea[],
  finished_at  timestamptz,
  erased_at    timestamptz,
  CHECK (state <> 'READY' OR (wrapped_key IS NOT NULL AND sha256 IS NOT NULL AND type IS NOT NULL
                              AND details IS NOT NULL AND finished_at IS NOT NULL)),
  CHECK ((state = 'ERASED') = (erased_at IS NOT NULL)),
  CHECK (state <> 'ERASED' OR (wrapped_key IS NULL AND details IS NULL))
);
CREATE INDEX evidence_sender ON evidence (uploaded_by, begun_at);

-- What waits for its report or action; few rows.
CREATE TABLE evidence_waiting (
  evidence_id bigint PRIMARY KEY REFERENCES evidence ON DELETE CASCADE,
  since       timestamptz NOT NULL
);
CREATE INDEX evidence_waiting_age ON evidence_waiting (since);

CREATE TABLE evidence_chunk (
  sha256      bytea PRIMARY KEY CHECK (length(sha256) = 32),
  wrapped_key bytea NOT NULL,
  sealed      bytea NOT NULL CHECK (length(sealed) <= 1048576 + 64)
);
-- Sealed bytes can't be made smaller.
ALTER TABLE evidence_chunk ALTER COLUMN sealed SET STORAGE EXTERNAL;

CREATE TABLE evidence_part (
  evidence_id bigint NOT NULL REFERENCES evidence,
  n           int NOT NULL CHECK (n >= 0),
  chunk       bytea NOT NULL CONSTRAINT evidence_part_chunk_fkey REFERENCES evidence_chunk,
  PRIMARY KEY (evidence_id, n)
);
CREATE INDEX evidence_part_chunk ON evidence_part (chunk);

-- Chunks that may have lost their last file; looked after in small batches, so that nobody searches all of them.
CREATE TABLE evidence_loose (
  id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sha256 bytea NOT NULL
);

-- Which step of which ticket a file came with, written in that step's commit. A file is used once.
CREATE TABLE evidence_link (
  evidence_id bigint CONSTRAINT evidence_link_pkey PRIMARY KEY
              CONSTRAINT evidence_link_evidence_fkey REFERENCES evidence,
  ticket_id   bigint NOT NULL,
  version     int NOT NULL CHECK (version > 0)
);
CREATE INDEX evidence_link_ticket ON evidence_link (ticket_id, version);
CREATE TRIGGER evidence_link_stays BEFORE UPDATE OR DELETE ON evidence_link
  FOR EACH ROW EXECUTE FUNCTION history_stays();
CREATE TRIGGER evidence_link_kept BEFORE TRUNCATE ON evidence_link
  FOR EACH STATEMENT EXECUTE FUNCTION history_stays();
