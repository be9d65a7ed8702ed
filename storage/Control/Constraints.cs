using System.Collections.Frozen;
using Npgsql;
using Sluice.Metering.Identity;

namespace Sluice.Storage.Control;

/// <summary>
/// Turns violated constraints into errors. The constraints decide what may coexist, even between two concurrent
/// actions; this is the one place that knows what each of them means to users.
/// </summary>
internal static class Constraints
{
    private const string Savepoint = "guarded";

    /// <summary>The message for a violated unique index, and the query that finds the existing row.</summary>
    private sealed record Rule(string FindOther, char? Prefix, Func<string?, string> Say);

    private static readonly FrozenDictionary<string, Rule> Rules = new Dictionary<string, Rule>
    {
        ["tenant_one_per_billing_account"] = new(
            "select id from tenant where billing_account_id = @BillingAccountId and state <> 2",
            IdText.Tenant,
            other => $"The billing account already has the tenant {other}; there is exactly one for each."),
        ["project_name_in_tenant"] = new(
            "select id from project where tenant_id = @TenantId and lower(name) = lower(@Name) and deleted_at is null",
            IdText.Project,
            other => $"The tenant already has a project of this name: {other}."),
        ["member_user_name_in_tenant"] = new(
            """
            select id from member
            where tenant_id = @TenantId and lower(user_name) = lower(@UserName) and removed_at is null
            """,
            IdText.Member,
            other => $"The tenant already has a member of this user name: {other}."),
        ["api_key_name_in_project"] = new(
            """
            select id from api_key
            where project_id = @ProjectId and lower(name) = lower(@Name) and kind = 1 and deleted_at is null
            """,
            IdText.Key,
            other => $"The project already has a key of this name: {other}."),
        ["api_key_one_personal"] = new(
            "select id from api_key where member_id = @MemberId and kind = 0 and deleted_at is null",
            IdText.Key,
            other => $"The member already has a personal key: {other}."),
        ["api_key_one_of_a_seat"] = new(
            "select id from api_key where seat_id = @SeatId and kind = 2 and deleted_at is null",
            IdText.Key,
            other => $"The seat already has a key: {other}. Regenerate it for a new secret."),
        ["seat_one_per_member"] = new(
            "select id from seat where member_id = @MemberId",
            IdText.Seat,
            other => $"The member already has the seat {other}; a member holds at most one."),
        ["access_token_name_of_member"] = new(
            """
            select id from access_token
            where member_id = @MemberId and lower(name) = lower(@Name) and revoked_at is null
            """,
            IdText.AccessToken,
            other => $"You already have an access token of this name: {other}."),
        ["invitation_one_open_per_email"] = new(
            """
            select id from invitation
            where tenant_id = @TenantId and lower(email) = lower(@Email) and closed_at is null
            """,
            IdText.Invitation,
            other => $"This address has an open invitation: {other}. Resend or revoke it."),
        ["webhook_once_per_address"] = new(
            "select id from webhook where tenant_id = @TenantId and url = @Url and deleted_at is null",
            IdText.Webhook,
            other => $"The tenant already has a webhook with this address: {other}."),
        ["metric_name"] = new(
            "select id from metric where name = @Name",
            null,
            _ => "There is already a metric of this name."),
    }.ToFrozenDictionary();

    /// <summary>
    /// Runs <paramref name="work"/>; a violated constraint becomes a <see cref="Error.Conflict"/> that names the
    /// existing row, and the transaction stays usable.
    /// </summary>
    /// <param name="tx">The action's transaction.</param>
    /// <param name="values">The values that may conflict, by the names that the rules' queries use.</param>
    /// <param name="work">Work that may violate a constraint.</param>
    /// <param name="ct">Cancels the action.</param>
    public static async Task<Result<T>> GuardAsync<T>(
        UnitOfWork tx, object values, Func<NpgsqlConnection, Task<Result<T>>> work, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        await tx.SaveAsync(Savepoint, ct);
        try
        {
            return await work(db);
        }
        catch (PostgresException violation) when (
            violation.SqlState == PostgresErrorCodes.UniqueViolation
            && Rules.ContainsKey(violation.ConstraintName ?? ""))
        {
            await tx.RollBackToAsync(Savepoint, ct);
            var rule = Rules[violation.ConstraintName!];
            // The existing row may have been removed since; the conflict was real anyway.
            var id = await db.FindAsync<long?>(rule.FindOther, values, ct);
            var other = id is { } value && rule.Prefix is { } prefix ? IdText.Format(prefix, value) : null;
            return new Error.Conflict(rule.Say(other), other);
        }
    }
}
