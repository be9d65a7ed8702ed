using Npgsql;
using Sluice.Metering.Identity;

namespace Sluice.Storage.Control.Names;

/// <summary>
/// Reads the names behind ids, all those of an answer at once. Rows of deleted things are kept, and with them their
/// names.
/// </summary>
public sealed class NameStore(NpgsqlDataSource source)
{
    /// <summary>
    /// Selects the names. The tenant is part of every condition: callers choose the labels of usage, and one that is an
    /// id of another tenant must not have its name.
    /// </summary>
    private const string Select =
        """
        select 't' as Prefix, id, name from tenant
        where id = any(@Tenants) and (@tenantId::bigint is null or id = @tenantId)
        union all
        select 'p', id, name from project
        where id = any(@Projects) and (@tenantId::bigint is null or tenant_id = @tenantId)
        union all
        select 's', s.id, m.user_name from seat s join member m on m.id = s.member_id
        where s.id = any(@Seats) and (@tenantId::bigint is null or s.tenant_id = @tenantId)
        union all
        select 'k', id, name from api_key
        where id = any(@Keys) and (@tenantId::bigint is null or tenant_id = @tenantId)
        union all
        select 'm', id, user_name from member
        where id = any(@Members) and (@tenantId::bigint is null or tenant_id = @tenantId)
        union all
        select 'u', id, plan from subscription
        where id = any(@Subscriptions) and (@tenantId::bigint is null or tenant_id = @tenantId)
        union all
        select 'i', id, email from invitation
        where id = any(@Invitations) and email is not null and (@tenantId::bigint is null or tenant_id = @tenantId)
        union all
        select 'w', id, url from webhook
        where id = any(@Webhooks) and (@tenantId::bigint is null or tenant_id = @tenantId)
        """;

    private sealed record NameRow
    {
        public required string Prefix { get; init; }

        public required long Id { get; init; }

        public required string Name { get; init; }
    }

    /// <summary>
    /// Reads the names of tenants, projects, keys and members; of seats, the user name of the holder; of subscriptions,
    /// invitations and webhooks, the plan, the address and the URL.
    /// </summary>
    /// <param name="tenantId">The tenant that the ids belong to; null for the operator, who sees all.</param>
    /// <param name="ids">The ids as the API shows them; other texts and null are skipped.</param>
    /// <param name="ct">Cancels the query.</param>
    public async Task<NameBook> ReadAsync(long? tenantId, IEnumerable<string?> ids, CancellationToken ct)
    {
        var wanted = NameBook.Read(ids).Distinct().ToLookup(static id => id.Prefix, static id => id.Id);
        if (wanted.Count == 0)
            return NameBook.Empty;
        await using var db = await source.OpenConnectionAsync(ct);
        var rows = await db.ListAsync<NameRow>(
            Select,
            new
            {
                tenantId,
                Tenants = wanted[IdText.Tenant].ToArray(),
                Projects = wanted[IdText.Project].ToArray(),
                Seats = wanted[IdText.Seat].ToArray(),
                Keys = wanted[IdText.Key].ToArray(),
                Members = wanted[IdText.Member].ToArray(),
                Subscriptions = wanted[IdText.Subscription].ToArray(),
                Invitations = wanted[IdText.Invitation].ToArray(),
                Webhooks = wanted[IdText.Webhook].ToArray(),
            },
            ct);
        return new NameBook(rows.ToDictionary(static row => (row.Prefix[0], row.Id), static row => row.Name));
    }
}
