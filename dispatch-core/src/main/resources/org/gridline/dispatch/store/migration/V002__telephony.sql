-- Why: a telephone exchange tells of calls, and the operator's desk shows who calls and what they told before.

-- A call. The caller's number is sealed with a key of its own and not with the person's: there may be no person yet, and
-- the number of a call that led to no ticket is erased after a while. phone_mac is the same digest as in person, so
-- whoever forgets a person finds their calls by it.
CREATE TABLE phone_call (
  id            bigint PRIMARY KEY,
  exchange_call text NOT NULL UNIQUE CHECK (length(exchange_call) BETWEEN 1 AND 128),
  called        text NOT NULL,
  wrapped_key   bytea,
  phone_mac     bytea,
  sealed        bytea,
  began_at      timestamptz NOT NULL,
  ended_at      timestamptz,
  erased_at     timestamptz,
  CHECK ((sealed IS NULL) = (wrapped_key IS NULL)),
  CHECK (phone_mac IS NULL OR sealed IS NOT NULL),
  CHECK (erased_at IS NULL OR sealed IS NULL)
);
CREATE INDEX phone_call_caller ON phone_call (phone_mac, began_at) WHERE phone_mac IS NOT NULL;
CREATE INDEX phone_call_sealed ON phone_call (began_at) WHERE sealed IS NOT NULL;

-- An agent's part in it: the latest time of each thing that happened. Its state follows from these times alone, so
-- there is no column for it that could contradict them. seen_at: when the number was first shown to the agent.
CREATE TABLE call_part (
  call_id        bigint NOT NULL REFERENCES phone_call,
  agent          bigint NOT NULL REFERENCES app_user,
  rang_at        timestamptz,
  missed_at      timestamptz,
  answered_at    timestamptz,
  held_at        timestamptz,
  resumed_at     timestamptz,
  transferred_at timestamptz,
  ended_at       timestamptz,
  seen_at        timestamptz,
  PRIMARY KEY (call_id, agent)
);
CREATE INDEX call_part_agent ON call_part (agent, call_id);

-- What the exchange told, by its own name for it, remembered longer than a signature holds: a replay has no effect on
-- any node, after any restart.
CREATE TABLE call_event (
  id          text PRIMARY KEY CHECK (length(id) BETWEEN 8 AND 128),
  digest      bytea NOT NULL,
  received_at timestamptz NOT NULL
);
CREATE INDEX call_event_age ON call_event (received_at);

-- Which tickets came of a call; several when a caller has several matters.
CREATE TABLE call_ticket (
  call_id   bigint NOT NULL REFERENCES phone_call,
  ticket_id bigint NOT NULL,
  PRIMARY KEY (call_id, ticket_id)
);

-- The tickets of a caller, while their phone rings.
CREATE INDEX ticket_person ON ticket (person_id);
