-- Lists are sorted and searched by what people see. A page of a tenant's keys is read from an index, however many keys
-- there are; names within a project, and those of members, have their unique indexes. There is none on the last use:
-- an index on a column that traffic writes would make every such write dearer, and the keys of one tenant are sorted
-- in some milliseconds.
create index api_key_of_tenant_by_creation on api_key (tenant_id, created_at, id) where deleted_at is null;
create index api_key_of_tenant_by_name on api_key (tenant_id, lower(name), id) where deleted_at is null;
create index api_key_of_tenant_by_expiry on api_key (tenant_id, coalesce(expires_at, 'infinity'), id)
  where deleted_at is null;
create index tenant_by_name on tenant (lower(name), id) where state <> 2;
