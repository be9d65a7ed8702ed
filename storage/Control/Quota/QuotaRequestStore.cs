using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Control.Audit;
using Sluice.Storage.Control.Limits;
using Sluice.Storage.Control.Tenants;
using Sluice.Storage.Outbox.Mail;

namespace Sluice.Storage.Control.Quota;

/// <summary>Stores requests for more quota: tenants ask, the operator decides.</summary>
public sealed class QuotaRequestStore(
    NpgsqlDataSource source, LimitStore limits, MailOutbox outbox, OperatorContacts operators, MailDomain domain)
{
    private const string RequestedMail = "quota_requested", DecidedMail = "quota_decided";

    private const string Select =
        """
        select r.id, r.tenant_id as TenantId, r.amount as AmountUnits, r.reason, r.state, r.created_by as CreatedBy,
               r.created_at as CreatedAt, r.decided_by as DecidedBy, r.decided_at as DecidedAt, r.note,
               r.approved_amount as ApprovedUnits
        from quota_request r join tenant t on t.id = r.tenant_id and t.state <> 2
        """;

    private sealed record Contact(long Id, string Email);

    /// <summary>Creates a request. Refused if the amount does not exceed the quota.</summary>
    /// <param name="tx">The action's transaction.</param>
    /// <param name="tenantId">The requesting tenant.</param>
    /// <param name="amountUnits">Millionths of the tenant's currency.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="ct">Cancels the action.</param>
    public async Task<Result<QuotaRequest>> CreateAsync(
        UnitOfWork tx, long tenantId, long amountUnits, string reason, CancellationToken ct)
    {
        if (await TenantRows.LockLivingAsync(tx, tenantId, ct) is not { } tenant)
            return new Error.NotFound("tenant");
        var db = await tx.OpenAsync(ct);
        var quota = await QuotaOfAsync(db, tenantId, ct);
        if (amountUnits <= quota)
        {
            return new Error.RulesBroken(
                "amount", "not-more", $"Must be more than the quota, which is {Format(quota.Value)}.");
        }

        var created = new QuotaRequest
        {
            Id = IdText.NewValue(),
            TenantId = tenantId,
            AmountUnits = amountUnits,
            Reason = reason,
            State = QuotaRequestState.Open,
            CreatedBy = tx.Origin.Actor,
            CreatedAt = tx.Now,
        };
        await db.RunAsync(
            """
            insert into quota_request (id, tenant_id, amount, reason, created_by, created_at)
            values (@Id, @TenantId, @AmountUnits, @Reason, @CreatedBy, @CreatedAt)
            """,
            new
            {
                created.Id,
                created.TenantId,
                created.AmountUnits,
                created.Reason,
                created.CreatedBy,
                created.CreatedAt,
            },
            ct);
        await AuditAsync(tx, "quota-request.created", null, created, ct);
        if (operators.Addresses.Count > 0)
            await TellOperatorAsync(tx, tenant, created, quota, ct);
        return created;
    }

    /// <summary>Lists requests. Refused if there is no such tenant.</summary>
    /// <param name="tenantId">The tenant; null for all.</param>
    /// <param name="state">The state to list; null for all.</param>
    /// <param name="page">The page.</param>
    /// <param name="ct">Cancels the query.</param>
    public async Task<Result<Page<QuotaRequest>>> ListAsync(
        long? tenantId, QuotaRequestState? state, PageRequest page, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        if (tenantId is { } tenant && await TenantRows.FindLivingAsync(db, tenant, ct) is null)
            return new Error.NotFound("tenant");
        var rows = await db.ListAsync<QuotaRequest>(
            $"""
            {Select}
            where (@tenantId::bigint is null or r.tenant_id = @tenantId)
              and (@State::smallint is null or r.state = @State)
              and (@After::bigint is null
                   or (r.created_at, r.id) > (select c.created_at, c.id from quota_request c where c.id = @After))
            order by r.created_at, r.id limit @Limit + 1
            """,
            new { tenantId, State = (short?)state, page.After, page.Limit },
            ct);
        return Page<QuotaRequest>.Of(rows, page.Limit);
    }

    /// <summary>
    /// Decides a request, sets the quota if it is approved, and queues mail to the tenant's owner and administrators.
    /// Refused if it is already decided, or if approving would not raise the quota.
    /// </summary>
    public async Task<Result<QuotaRequest>> DecideAsync(
        UnitOfWork tx, long requestId, QuotaDecision decision, CancellationToken ct)
    {
        if (await LockAsync(tx, requestId, ct) is not var (before, tenant))
            return new Error.NotFound("quota request");
        if (before.State != QuotaRequestState.Open)
        {
            return new Error.Conflict(
                $"The request was {before.State.ToString().ToLowerInvariant()} by {before.DecidedBy} already.",
                before.DecidedBy);
        }

        var after = before with
        {
            State = decision.Approves ? QuotaRequestState.Approved : QuotaRequestState.Denied,
            DecidedBy = tx.Origin.Actor,
            DecidedAt = tx.Now,
            Note = decision.Note,
            ApprovedUnits = decision.Approves ? decision.AmountUnits ?? before.AmountUnits : null,
        };
        var present = await QuotaOfAsync(await tx.OpenAsync(ct), tenant.Id, ct);
        if (after.ApprovedUnits is { } quota)
        {
            if (NotMore(quota, present, isGiven: decision.AmountUnits is not null) is { } lower)
                return lower;
            var draft = new LimitDraft(MetricId.Amount, PeriodKind.Month, quota, []);
            var scope = new ScopeId(ScopeKind.Tenant, after.TenantId);
            if ((await limits.SetAsync(tx, after.TenantId, scope, LimitSource.Quota, draft, ct))
                .IsError(out var error, out _))
            {
                return error;
            }
        }

        await SaveAsync(tx, after, ct);
        await AuditAsync(tx, $"quota-request.{after.State.ToString().ToLowerInvariant()}", before, after, ct);
        await NotifyAsync(tx, tenant, after, present, ct);
        return after;
    }

    /// <summary>
    /// Refuses an approval that would not raise the quota. The request may have been overtaken by a later change; then
    /// the input is valid, and the operator denies the request or names an amount.
    /// </summary>
    private static Error? NotMore(long quotaUnits, long? presentUnits, bool isGiven)
    {
        if (presentUnits is not { } present || quotaUnits > present)
            return null;
        return isGiven
            ? new Error.RulesBroken(
                "amount", "not-more", $"Must be more than the quota, which is {Format(present)}.")
            : new Error.Conflict(
                $"The quota is {Format(present)} by now, which is no less than the {Format(quotaUnits)} asked for.",
                Format(present));
    }

    private static async Task<long?> QuotaOfAsync(NpgsqlConnection db, long tenantId, CancellationToken ct) =>
        (await LimitRows.ReadAsync(db, SlotOf(tenantId), ct)).SingleOrDefault()?.Value;

    /// <summary>Locks the tenant of a request, then reads the request.</summary>
    private static async Task<(QuotaRequest Request, Tenant Tenant)?> LockAsync(
        UnitOfWork tx, long requestId, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        var tenantId = await db.FindAsync<long>(
            "select tenant_id from quota_request where id = @requestId", new { requestId }, ct);
        if (await TenantRows.LockLivingAsync(tx, tenantId, ct) is not { } tenant)
            return null;
        return await db.FindAsync<QuotaRequest>($"{Select} where r.id = @requestId", new { requestId }, ct) is { } found
            ? (found, tenant)
            : null;
    }

    private static async Task SaveAsync(UnitOfWork tx, QuotaRequest request, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        await db.RunAsync(
            """
            update quota_request
            set state = @State, decided_by = @DecidedBy, decided_at = @DecidedAt, note = @Note,
                approved_amount = @ApprovedUnits
            where id = @Id
            """,
            new
            {
                request.Id,
                State = (short)request.State,
                request.DecidedBy,
                request.DecidedAt,
                request.Note,
                request.ApprovedUnits,
            },
            ct);
    }

    private async Task TellOperatorAsync(
        UnitOfWork tx, Tenant tenant, QuotaRequest request, long? quotaUnits, CancellationToken ct)
    {
        var id = IdText.Format(IdText.QuotaRequest, request.Id);
        // Recipients are people: a name identifies the requester, an id doesn't.
        var asker = IdText.TryParse(IdText.Member, request.CreatedBy, out var member)
            ? await (await tx.OpenAsync(ct)).FindAsync<string>(
                "select user_name from member where id = @member", new { member }, ct)
            : request.CreatedBy;
        var model = new
        {
            Tenant = tenant.Name,
            tenant.Currency,
            Request = id,
            request.State,
            Amount = Format(request.AmountUnits),
            Quota = quotaUnits is { } units ? Format(units) : null,
            request.Reason,
            CreatedBy = asker,
            request.CreatedAt,
        };
        await outbox.QueueAsync(
            tx,
            new(
                tenant.Id, RequestedMail, [.. operators.Addresses], tenant.Language, model, null,
                $"{id}@{domain.Name}"),
            ct);
    }

    private async Task NotifyAsync(
        UnitOfWork tx, Tenant tenant, QuotaRequest request, long? quotaUnits, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        // The requester is notified too, even if their role has changed since.
        var contacts = await db.ListAsync<Contact>(
            """
            select id, email from member
            where tenant_id = @Id and (role < 2 or id = @asker) and removed_at is null and email is not null
            order by id
            """,
            new
            {
                tenant.Id,
                asker = IdText.TryParse(IdText.Member, request.CreatedBy, out var member) ? member : 0,
            },
            ct);
        var id = IdText.Format(IdText.QuotaRequest, request.Id);
        var model = new
        {
            Tenant = tenant.Name,
            tenant.Currency,
            Request = id,
            request.State,
            Amount = Format(request.AmountUnits),
            Quota = quotaUnits is { } before ? Format(before) : null,
            Approved = request.ApprovedUnits is { } units ? Format(units) : null,
            request.Reason,
            request.Note,
            request.CreatedBy,
            request.DecidedAt,
        };
        foreach (var contact in contacts)
        {
            var message = $"{id}.{IdText.Format(IdText.Member, contact.Id)}@{domain.Name}";
            await outbox.QueueAsync(
                tx, new(tenant.Id, DecidedMail, [contact.Email], tenant.Language, model, null, message), ct);
        }
    }

    private static LimitSlot SlotOf(long tenantId) =>
        new(new(ScopeKind.Tenant, tenantId), MetricId.Amount, LimitSource.Quota);

    private static string Format(long units) =>
        ScaledNumber.Format(units, MetricCatalogue.BuiltIn[MetricId.Amount].Decimals);

    private static Task AuditAsync(
        UnitOfWork tx, string action, QuotaRequest? before, QuotaRequest after, CancellationToken ct) =>
        AuditLog.AppendAsync(
            tx,
            new(
                action,
                after.TenantId,
                IdText.Format(IdText.QuotaRequest, after.Id),
                before is null ? null : StateOf(before),
                StateOf(after)),
            ct);

    private static object StateOf(QuotaRequest request) => new
    {
        request.State,
        Amount = AmountOf(request.AmountUnits),
        request.Reason,
        ApprovedAmount = request.ApprovedUnits is { } units ? AmountOf(units) : (decimal?)null,
        request.Note,
    };

    private static decimal AmountOf(long units) =>
        ScaledNumber.ToDecimal(units, MetricCatalogue.BuiltIn[MetricId.Amount].Decimals);
}
