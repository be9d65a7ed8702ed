-- Membership of the cluster. Orleans' AdoNet provider reads the texts of its queries from orleansquery and calls them
-- by key; their parameters and result columns are its contract, everything else is ours: names, keys, and that each
-- query is one statement. Silos are removed from cluster_member by the provider's clean-up once they are long dead.

create table orleansquery (
  querykey varchar(64) primary key,
  querytext text not null
);

-- One row per cluster; every change of membership raises the version, so that silos can't overwrite each other.
create table cluster_version (
  deployment_id varchar(150) primary key,
  version integer not null default 0,
  changed_at timestamptz not null default now()
);

create table cluster_member (
  deployment_id varchar(150) not null references cluster_version,
  address varchar(45) not null,
  port integer not null,
  generation integer not null,
  silo_name varchar(150) not null,
  host_name varchar(150) not null,
  -- Orleans' SiloStatus: 1 created, 2 joining, 3 active, 4 shutting down, 5 stopping, 6 dead.
  status integer not null,
  -- 0 where the silo takes no clients.
  proxy_port integer not null default 0,
  suspect_times varchar(8000),
  start_time timestamptz not null,
  i_am_alive_time timestamptz not null,
  primary key (deployment_id, address, port, generation)
) with (fillfactor = 70);

insert into orleansquery (querykey, querytext) values
('InsertMembershipVersionKey', $query$
with added as (
  insert into cluster_version (deployment_id) values (@DeploymentId) on conflict do nothing returning 1)
select count(*)::integer from added
$query$),
('InsertMembershipKey', $query$
with raised as (
  update cluster_version v set version = v.version + 1, changed_at = now()
  where v.deployment_id = @DeploymentId and v.version = @Version and not exists (
    select from cluster_member m where m.deployment_id = @DeploymentId and m.address = @Address
      and m.port = @Port and m.generation = @Generation)
  returning 1),
added as (
  insert into cluster_member (deployment_id, address, port, generation, silo_name, host_name, status, proxy_port,
    start_time, i_am_alive_time)
  select @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime,
    @IAmAliveTime
  from raised
  returning 1)
select count(*)::integer from added
$query$),
('UpdateMembershipKey', $query$
with raised as (
  update cluster_version v set version = v.version + 1, changed_at = now()
  where v.deployment_id = @DeploymentId and v.version = @Version and exists (
    select from cluster_member m where m.deployment_id = @DeploymentId and m.address = @Address
      and m.port = @Port and m.generation = @Generation)
  returning 1),
changed as (
  update cluster_member m set status = @Status, suspect_times = @SuspectTimes, i_am_alive_time = @IAmAliveTime
  from raised
  where m.deployment_id = @DeploymentId and m.address = @Address and m.port = @Port and m.generation = @Generation
  returning 1)
select count(*)::integer from changed
$query$),
('UpdateIAmAlivetimeKey', $query$
update cluster_member set i_am_alive_time = @IAmAliveTime
where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation
$query$),
('MembershipReadRowKey', $query$
select v.deployment_id as "DeploymentId", m.address as "Address", m.port as "Port", m.generation as "Generation",
  m.silo_name as "SiloName", m.host_name as "HostName", m.status as "Status", m.proxy_port as "ProxyPort",
  m.suspect_times as "SuspectTimes", m.start_time as "StartTime", m.i_am_alive_time as "IAmAliveTime",
  v.version as "Version"
from cluster_version v
left join cluster_member m on m.deployment_id = v.deployment_id and m.address = @Address and m.port = @Port
  and m.generation = @Generation
where v.deployment_id = @DeploymentId
$query$),
('MembershipReadAllKey', $query$
select v.deployment_id as "DeploymentId", m.address as "Address", m.port as "Port", m.generation as "Generation",
  m.silo_name as "SiloName", m.host_name as "HostName", m.status as "Status", m.proxy_port as "ProxyPort",
  m.suspect_times as "SuspectTimes", m.start_time as "StartTime", m.i_am_alive_time as "IAmAliveTime",
  v.version as "Version"
from cluster_version v left join cluster_member m on m.deployment_id = v.deployment_id
where v.deployment_id = @DeploymentId
$query$),
('GatewaysQueryKey', $query$
select address as "Address", proxy_port as "ProxyPort", generation as "Generation" from cluster_member
where deployment_id = @DeploymentId and status = @Status and proxy_port > 0
$query$),
('DeleteMembershipTableEntriesKey', $query$
with gone as (delete from cluster_member where deployment_id = @DeploymentId)
delete from cluster_version where deployment_id = @DeploymentId
$query$),
('CleanupDefunctSiloEntriesKey', $query$
delete from cluster_member
where deployment_id = @DeploymentId and i_am_alive_time < @IAmAliveTime and status <> 3
$query$);
