-- One program for every size: each node is a member of a cluster, be it of one.

-- The lasting identity of a node, kept in its data folder. Null in sessions that an earlier version opened.
alter table edge_session add column node_id uuid;

-- Where authorities reach the edge: the grain id of its observer.
alter table edge_session add column address text;

-- What the nodes of a cluster show each other as proof that they belong to it, made by the first of them. Deleting the
-- row while no node runs makes the next one start with a new certificate.
create table cluster_certificate (
  cluster_id varchar(64) primary key,
  -- DER (X.509) and PKCS #8.
  certificate bytea not null,
  private_key bytea not null,
  created_at timestamptz not null default now()
);
