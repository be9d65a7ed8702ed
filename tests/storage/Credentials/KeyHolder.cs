using Sluice.Metering.Identity;
using Sluice.Storage.Ledger;

namespace Sluice.Storage.Control.Credentials;

/// <summary>A tenant with a project and a member, as rows; keys are added by tests.</summary>
internal sealed class KeyHolder
{
    private readonly MeteringDatabase _database;

    private KeyHolder(MeteringDatabase database) => _database = database;

    public long TenantId { get; } = IdText.NewValue();

    public long ProjectId { get; private set; }

    public long MemberId { get; private set; }

    public static async Task<KeyHolder> CreateAsync(MeteringDatabase database)
    {
        var holder = new KeyHolder(database);
        await database.ExecuteAsync(
            $"""
             insert into tenant values
             ({holder.TenantId}, 'T', 'b{holder.TenantId}', 'Asia/Tokyo', 'en', 'JPY', 0, now(), now())
             """);
        holder.ProjectId = await holder.AddProjectAsync();
        holder.MemberId = await holder.AddMemberAsync();
        return holder;
    }

    public Task<long> AddProjectAsync() => InsertAsync(
        "project (id, tenant_id, name, is_default, created_at)", id => $"{id}, {TenantId}, 'P{id}', false, now()");

    public Task<long> AddMemberAsync() => InsertAsync(
        "member (id, tenant_id, user_name, email, role, password_hash, must_change_password, created_at)",
        id => $"{id}, {TenantId}, 'm{id}', 'm@example.com', 2, 'hash', false, now()");

    public Task<long> AddProjectKeyAsync() => AddKeyAsync(kind: 1, project: ProjectId);

    public Task<long> AddPersonalKeyAsync(long? member = null) => AddKeyAsync(kind: 0, member: member ?? MemberId);

    public async Task<(long Seat, long Key)> AddSeatKeyAsync(long? member = null)
    {
        var plan = await InsertAsync(
            "subscription (id, tenant_id, plan, seats, credits_per_seat, expires_at, created_at)",
            id => $"{id}, {TenantId}, 'P', 1, 1000000, '2100-01-01Z', now()");
        var holder = member ?? MemberId;
        var seat = await InsertAsync(
            "seat (id, tenant_id, subscription_id, member_id, assigned_at, created_at)",
            id => $"{id}, {TenantId}, {plan}, {holder}, now(), now()");
        return (seat, await AddKeyAsync(kind: 2, member: holder, seat: seat));
    }

    private Task<long> AddKeyAsync(int kind, long? project = null, long? member = null, long? seat = null) =>
        InsertAsync(
            "api_key (id, tenant_id, kind, project_id, member_id, seat_id, name, secret_hash, created_at)",
            id => $"{id}, {TenantId}, {kind}, {OrNull(project)}, {OrNull(member)}, {OrNull(seat)}, 'k{id}', "
                + "sha256('secret'::bytea), now()");

    private static string OrNull(long? id) => id is { } value ? $"{value}" : "null";

    private async Task<long> InsertAsync(string into, Func<long, string> values)
    {
        var id = IdText.NewValue();
        await _database.ExecuteAsync($"insert into {into} values ({values(id)})");
        return id;
    }
}
