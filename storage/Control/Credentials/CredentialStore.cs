using Npgsql;
using NpgsqlTypes;
using Sluice.Metering.Keys;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Storage.Control.Credentials;

/// <summary>Reads keys for edges.</summary>
public sealed class CredentialStore(NpgsqlDataSource dataSource)
{
    /// <summary>
    /// Selects a key, and whether and why it has ended. A seat key belongs to its member while that member holds the
    /// seat, and ends with the plan at the latest: nodes keep the earlier of both ends, so that no job needs to run for
    /// a key to stop. A plan that ended has freed its seats, and the end of the plan is the reason then.
    /// </summary>
    private const string Keys =
        """
        select k.id, k.kind, k.tenant_id, coalesce(k.project_id, 0), coalesce(k.seat_id, 0), coalesce(k.member_id, 0),
          k.secret_hash, k.previous_hash, k.previous_until, least(k.expires_at, u.expires_at),
          case when k.deleted_at < u.expires_at then null else u.expires_at end,
          t.time_zone, t.currency,
          t.state = $3,
          k.deleted_at is not null or t.state = $2 or p.deleted_at is not null or m.removed_at is not null,
          k.seat_id is not null and (s.member_id is distinct from k.member_id or s.removed_at is not null),
          r.hashes, r.ends, t.refuses_unpriced
        from api_key k
        join tenant t on t.id = k.tenant_id
        left join project p on p.id = k.project_id
        left join member m on m.id = k.member_id
        left join seat s on s.id = k.seat_id
        left join subscription u on u.id = s.subscription_id
        left join lateral (
          select array_agg(secret_hash) as hashes, array_agg(retired_at) as ends from (
            select secret_hash, retired_at from retired_secret
            where key_id = k.id order by retired_at desc limit $4) latest) r on true
        where k.id = any($1)
        """;

    /// <summary>Finds a key; null if there never was one with that id. A key that has ended says why.</summary>
    public async Task<Credential?> FindAsync(long keyId, CancellationToken ct) =>
        (await FindAsync([keyId], ct)).GetValueOrDefault(keyId);

    /// <summary>Finds the keys of some ids; an id without a key is left out.</summary>
    public async Task<IReadOnlyDictionary<long, Credential>> FindAsync(long[] keyIds, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(Keys);
        command.Parameters.AddWithValue(keyIds);
        command.Parameters.AddWithValue((short)TenantState.Deleted);
        command.Parameters.AddWithValue((short)TenantState.Suspended);
        command.Parameters.AddWithValue(RetiredSecret.ReadMax);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new Dictionary<long, Credential>(keyIds.Length);
        while (await reader.ReadAsync(ct))
        {
            var credential = Read(reader);
            found[credential.KeyId] = credential;
        }

        return found;
    }

    /// <summary>Counts all keys there are and were.</summary>
    public async Task<long> CountAsync(CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand("select count(*) from api_key");
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Reads the ids of all keys there are and were, without keeping them.</summary>
    public async Task ReadIdsAsync(Action<long> add, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(add);
        await using var command = dataSource.CreateCommand("select id from api_key");
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            add(reader.GetInt64(0));
    }

    /// <summary>Lists the most recently used keys, latest use first.</summary>
    public Task<IReadOnlyList<long>> LastUsedAsync(TimeSpan within, int most, CancellationToken ct) =>
        KeysAsync(
            $"""
             select id from api_key where last_used_at > now() - interval '1 second' * $1 and deleted_at is null
             order by last_used_at desc limit {most}
             """,
            (long)within.TotalSeconds,
            ct);

    /// <summary>Lists every key that a project has or had.</summary>
    public Task<IReadOnlyList<long>> KeysOfProjectAsync(long projectId, CancellationToken ct) =>
        KeysAsync("select id from api_key where project_id = $1 order by id", projectId, ct);

    /// <summary>Lists every key that the seats of a subscription have or had.</summary>
    public Task<IReadOnlyList<long>> KeysOfSubscriptionAsync(long subscriptionId, CancellationToken ct) =>
        KeysAsync(
            """
            select k.id from seat s join api_key k on k.seat_id = s.id where s.subscription_id = $1 order by k.id
            """,
            subscriptionId,
            ct);

    /// <summary>Gets the time zone of a tenant, even of a suspended or deleted one.</summary>
    public async Task<string?> TimeZoneOfAsync(long tenantId, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand("select time_zone from tenant where id = $1");
        command.Parameters.AddWithValue(tenantId);
        return await command.ExecuteScalarAsync(ct) as string;
    }

    /// <summary>Records when keys were last used, and whether with a secret that has been replaced.</summary>
    public async Task NoteUseAsync(IReadOnlyCollection<KeyUse> uses, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            """
            update api_key k set last_used_at = greatest(k.last_used_at, u.at),
              previous_used_at =
                case when u.previous then greatest(k.previous_used_at, u.at) else k.previous_used_at end
            from unnest($1::bigint[], $2::timestamptz[], $3::boolean[]) as u(id, at, previous) where k.id = u.id
            """);
        command.Parameters.AddWithValue(uses.Select(u => u.KeyId).ToArray());
        command.Parameters.AddWithValue(
            NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
            uses.Select(u => DateTime.UnixEpoch.AddMilliseconds(u.AtMs)).ToArray());
        command.Parameters.AddWithValue(uses.Select(u => u.WithPreviousSecret).ToArray());
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<IReadOnlyList<long>> KeysAsync(string sql, long of, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.AddWithValue(of);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var keys = new List<long>();
        while (await reader.ReadAsync(ct))
            keys.Add(reader.GetInt64(0));
        return keys;
    }

    private static Credential Read(NpgsqlDataReader r) => new()
    {
        KeyId = r.GetInt64(0),
        Kind = (KeyKind)r.GetInt16(1),
        TenantId = r.GetInt64(2),
        ProjectId = r.GetInt64(3),
        SeatId = r.GetInt64(4),
        MemberId = r.GetInt64(5),
        SecretHash = r.GetFieldValue<byte[]>(6),
        PreviousHash = r.IsDBNull(7) ? null : r.GetFieldValue<byte[]>(7),
        PreviousUntilMs = Instant(r, 8),
        ExpiresAtMs = Instant(r, 9),
        PlanEndsAtMs = Instant(r, 10),
        TimeZone = r.GetString(11),
        Currency = r.GetString(12),
        End = EndOf(suspended: r.GetBoolean(13), deleted: r.GetBoolean(14), reclaimed: r.GetBoolean(15)),
        RefusesUnpriced = r.GetBoolean(18),
        Retired = r.IsDBNull(16)
            ? []
            : [.. r.GetFieldValue<byte[][]>(16).Zip(r.GetFieldValue<DateTime[]>(17), static (hash, at) =>
                new RetiredSecret(hash, new DateTimeOffset(at).ToUnixTimeMilliseconds()))],
    };

    private static KeyEnd EndOf(bool suspended, bool deleted, bool reclaimed) =>
        deleted ? KeyEnd.Deleted : reclaimed ? KeyEnd.Reclaimed : suspended ? KeyEnd.Suspended : KeyEnd.None;

    private static long Instant(NpgsqlDataReader r, int column) =>
        r.IsDBNull(column) ? 0 : new DateTimeOffset(r.GetDateTime(column)).ToUnixTimeMilliseconds();
}
