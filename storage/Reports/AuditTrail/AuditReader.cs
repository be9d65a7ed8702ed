using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Sluice.Storage.Control;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Storage.Reports.AuditTrail;

/// <summary>Reads the audit log.</summary>
public sealed class AuditReader([FromKeyedServices(ReportSource.Key)] NpgsqlDataSource source)
{
    /// <summary>Lists the entries of a tenant, newest first; a page continues before the given entry.</summary>
    public async Task<Result<Page<AuditRecord>>> ListAsync(
        long tenantId, AuditQuery query, PageRequest page, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        if (await TenantRows.FindLivingAsync(db, tenantId, ct) is null)
            return new Error.NotFound("tenant");
        var rows = await db.ListAsync<AuditRecord>(
            """
            select id, at, actor, action, target, before::text as Before, after::text as After, address
            from audit_log
            where tenant_id = @tenantId
              and (@After::bigint is null or id < @After)
              and (@From::timestamptz is null or at >= @From)
              and (@To::timestamptz is null or at < @To)
              and (@Actor::text is null or actor = @Actor)
              and (@Action::text is null or action = @Action or starts_with(action, @Action || '.'))
              and (@Target::text is null or target = @Target)
            order by id desc limit @Limit + 1
            """,
            new { tenantId, query.From, query.To, query.Actor, query.Action, query.Target, page.After, page.Limit },
            ct);
        return Page<AuditRecord>.Of(rows, page.Limit);
    }
}
