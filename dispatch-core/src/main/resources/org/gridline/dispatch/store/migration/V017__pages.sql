-- Why: auditors page through openings and looks by time, person or ticket, and operators see which records of a caller
-- were joined; none of that may read a whole table. first_at never changes, so that a later opening touches no index.

CREATE INDEX ticket_opened_first ON ticket_opened (first_at, ticket_id, user_id);
CREATE INDEX ticket_opened_user ON ticket_opened (user_id, first_at);
CREATE INDEX access_look_user ON access_look (user_id, id);
CREATE INDEX access_look_ticket ON access_look (ticket_id, id);
CREATE INDEX person_merge_kept ON person_merge (kept);
CREATE INDEX person_merge_merged ON person_merge (merged);
