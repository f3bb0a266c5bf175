-- Why: a city keeps a register of its components (部件: covers, lamps, bins …) with three owners each, so that a report
-- that names one or stands beside one goes to whoever maintains it, before any polygon is asked.

-- A code is digits; how many, and which of them are the class, the city pack says and the import checks. Here it can only
-- be held that the class's digits stand in it. Text in the order of its bytes, so that a prefix is a range of the key.
CREATE TABLE component (
  code             text COLLATE "C" PRIMARY KEY CHECK (code ~ '^[0-9]{1,40}$'),
  class_kind       text NOT NULL,
  class_code       text NOT NULL,
  name             text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  position         geometry(Point, 4326) NOT NULL,
  area_layers      text[] NOT NULL,
  areas            text[] NOT NULL,
  area_names       text[] NOT NULL,
  boundary_version text NOT NULL,
  authority        text,
  property         text,
  maintenance      text,
  state            text NOT NULL CHECK (state IN ('INTACT','DAMAGED','LOST','ABANDONED','REMOVED')),
  since            date NOT NULL,
  changed_on       date NOT NULL,
  source           text NOT NULL CHECK (length(source) <= 100),
  note             text NOT NULL CHECK (length(note) <= 1000),
  origin           text NOT NULL CHECK (origin IN ('SURVEYED','SYNTHETIC')),
  version          int NOT NULL CHECK (version > 0),
  CHECK (position(class_code IN code) > 0),
  CHECK (changed_on >= since),
  CHECK (cardinality(areas) = cardinality(area_layers) AND cardinality(areas) = cardinality(area_names))
);
CREATE INDEX component_position ON component USING gist (position);
CREATE INDEX component_class ON component (class_kind, class_code, code);
CREATE INDEX component_areas ON component USING gin (areas);

-- Who changed what, when and why; one row a version. ticket: the ticket that the change came of, if any.
CREATE TABLE component_history (
  code         text COLLATE "C" NOT NULL REFERENCES component,
  version      int NOT NULL,
  at           timestamptz NOT NULL,
  user_id      bigint,
  rule         text,
  what         text NOT NULL CHECK (what IN ('ADDED','IMPORTED','UPDATED','STATE','MOVED')),
  state_before text,
  state_after  text NOT NULL,
  from_point   geometry(Point, 4326),
  to_point     geometry(Point, 4326) NOT NULL,
  why          text NOT NULL CHECK (length(why) <= 500),
  ticket_id    bigint,
  PRIMARY KEY (code, version),
  CHECK ((user_id IS NULL) <> (rule IS NULL))
);
CREATE TRIGGER component_history_stays BEFORE UPDATE OR DELETE ON component_history
  FOR EACH ROW EXECUTE FUNCTION history_stays();
CREATE TRIGGER component_history_kept BEFORE TRUNCATE ON component_history
  FOR EACH STATEMENT EXECUTE FUNCTION history_stays();

-- A surveyor's own name for one step, so that a step sent twice over a bad line happens once.
CREATE TABLE component_request (
  client     bigint NOT NULL,
  key        text NOT NULL CHECK (length(key) BETWEEN 8 AND 128),
  body_hash  text NOT NULL,
  code       text COLLATE "C" NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (client, key)
);
CREATE INDEX component_request_age ON component_request (created_at);

-- Which files were imported, with what came of them; the pack's own file is imported once for each of its contents.
CREATE TABLE component_import (
  id         bigint PRIMARY KEY,
  sha256     text NOT NULL,
  file       text NOT NULL,
  user_id    bigint,
  at         timestamptz NOT NULL,
  accepted   bigint NOT NULL,
  rejected   bigint NOT NULL,
  added      bigint NOT NULL,
  changed    bigint NOT NULL,
  unchanged  bigint NOT NULL,
  kept       bigint NOT NULL
);
CREATE INDEX component_import_file ON component_import (sha256);
CREATE TRIGGER component_import_stays BEFORE UPDATE OR DELETE ON component_import
  FOR EACH ROW EXECUTE FUNCTION history_stays();
CREATE TRIGGER component_import_kept BEFORE TRUNCATE ON component_import
  FOR EACH STATEMENT EXECUTE FUNCTION history_stays();

-- What a ticket is about, where that is a component. A column without a value costs old tickets nothing.
ALTER TABLE ticket ADD COLUMN component text COLLATE "C";
CREATE INDEX ticket_component ON ticket (component, id) WHERE component IS NOT NULL;
