using Sluice.Metering.Periods;
using Sluice.Storage.Control.Tenants;
using Sluice.Storage.Reports.Statements;

namespace Sluice.Api.Management.Statements;

/// <summary>Finds the months of a tenant that have no statement yet.</summary>
internal sealed class OpenMonths(TimeProvider time)
{
    /// <summary>
    /// The most open months: the running one, and those that have ended while no job ran to close them.
    /// </summary>
    private const int Most = 12;

    /// <summary>Lists them as statements that are not closed, newest first.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="closed">Its closed months, newest first.</param>
    public IReadOnlyList<Statement> Of(Tenant tenant, IReadOnlyList<Statement> closed)
    {
        var lastClosed = closed.Count == 0 ? 0 : closed[0].Period;
        var calendar = TenantCalendar.TryCreate(tenant.TimeZone, out var own, out _) ? own : TenantCalendar.Utc;
        var month = calendar.Current(PeriodKind.Month, time.GetUtcNow().ToUnixTimeMilliseconds());
        var open = new List<Statement>();
        while (open.Count < Most && month.Key.Value > lastClosed
            && month.EndMs > tenant.CreatedAt.ToUnixTimeMilliseconds())
        {
            open.Add(new()
            {
                TenantId = tenant.Id,
                Period = month.Key.Value,
                TenantName = tenant.Name,
                TimeZone = tenant.TimeZone,
                Currency = tenant.Currency,
                StartsAt = DateTimeOffset.FromUnixTimeMilliseconds(month.StartMs),
                EndsAt = DateTimeOffset.FromUnixTimeMilliseconds(month.EndMs),
            });
            month = calendar.Current(PeriodKind.Month, month.StartMs - 1);
        }

        return open;
    }
}
