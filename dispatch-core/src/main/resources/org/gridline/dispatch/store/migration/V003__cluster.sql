-- Why: servers of one city find each other here. Each writes down the address at which the others reach it, so that
-- nothing but the database has to be configured. The rows are hints that may be lost: whoever joins asks the addresses,
-- and rows of servers that were killed go with the next change of members. No log: after a crash nobody is there.
CREATE UNLOGGED TABLE cluster_node (
  address text PRIMARY KEY,
  name    text,
  cluster text NOT NULL,
  ip      text NOT NULL,
  coord   boolean
);
