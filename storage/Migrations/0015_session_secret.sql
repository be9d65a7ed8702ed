-- What only the process of a session and members that can read this table know: it seals the messages between them, so
-- that a process with the cluster's certificate alone can't speak for an edge. Null: opened by an older version.
alter table edge_session add column secret bytea check (length(secret) = 32);
