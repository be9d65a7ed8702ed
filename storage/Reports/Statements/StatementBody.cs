using Sluice.Metering.Identity;
using Sluice.Metering.Periods;
using Sluice.Storage.Outbox.Webhooks;

namespace Sluice.Storage.Reports.Statements;

/// <summary>Builds the webhook body for a closed month. Its lines are fetched, not sent.</summary>
internal static class StatementBody
{
    public static string Of(Statement statement) =>
        WebhookBody.Of(WebhookEvents.StatementClosed, statement.ClosedAt!.Value, json =>
        {
            json.WriteString("tenantId", IdText.Format(IdText.Tenant, statement.TenantId));
            json.WriteString("period", new PeriodKey(statement.Period).ToString());
            json.WriteString("timeZone", statement.TimeZone);
            json.WriteString("currency", statement.Currency);
            json.WriteString("startsAt", statement.StartsAt.UtcDateTime);
            json.WriteString("endsAt", statement.EndsAt.UtcDateTime);
        });
}
