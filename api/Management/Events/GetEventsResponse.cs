using Sluice.Storage.Control.Metrics;
using Sluice.Storage.Control.Names;
using Sluice.Storage.Ledger.Entries;
using Sluice.Storage.Reports.Events;

namespace Sluice.Api.Management.Events;

/// <summary>A page of events.</summary>
/// <param name="Items">The events, newest first.</param>
/// <param name="Next">
/// The value of <c>after</c> for the next page; null if there is none. A page that had to read very much ends early,
/// maybe without an event, and has it too.
/// </param>
internal sealed record GetEventsResponse(IReadOnlyList<GetEventsItem> Items, string? Next);

/// <param name="Id">The event's place in the ledger, such as <c>1795000000000-7-1234-0</c>.</param>
/// <param name="EventId">The id that the caller gave it, or that it was given.</param>
/// <param name="Kind">What it is.</param>
/// <param name="At">The time that the caller gave; when it was admitted if it gave none.</param>
/// <param name="AdmittedAt">When it was admitted: limits, prices and statements go by this.</param>
/// <param name="KeyId">The key.</param>
/// <param name="KeyName">The key's last name, also if it was deleted.</param>
/// <param name="ProjectId">The project; null for none.</param>
/// <param name="SeatId">The seat; null for none.</param>
/// <param name="Member">The member's label; null for none.</param>
/// <param name="Model">The model; null for none.</param>
/// <param name="Metrics">
/// The amount of each metric, without money; of a reservation, what it holds. Empty for a release.
/// </param>
/// <param name="Amount">The amount of money, in the tenant's currency.</param>
/// <param name="Credits">The credits.</param>
/// <param name="Unpriced">The metrics that had no price, and were counted at 0.</param>
internal sealed record GetEventsItem(
    string Id,
    string EventId,
    EventKindWord Kind,
    DateTimeOffset At,
    DateTimeOffset AdmittedAt,
    string KeyId,
    string? KeyName,
    string? ProjectId,
    string? SeatId,
    string? Member,
    string? Model,
    IReadOnlyDictionary<string, JsonDecimal> Metrics,
    JsonDecimal Amount,
    JsonDecimal Credits,
    IReadOnlyList<string> Unpriced)
{
    public static GetEventsItem Of(
        EventPosition position, LedgerEntry entry, MetricCatalogue catalogue, NameBook names)
    {
        var amounts = new SortedDictionary<string, JsonDecimal>(StringComparer.Ordinal);
        var unpriced = new List<string>();
        var (amount, credits) = (0L, 0L);
        for (var line = 0; line < entry.Charge.Count; line++)
        {
            var metric = catalogue[entry.Charge.MetricAt(line)];
            var units = entry.Charge.UnitsAt(line);
            if (metric.Id == MetricId.Amount)
                amount = units;
            else if (metric.Id == MetricId.Credits)
                credits = units;
            else
                amounts[metric.Name] = JsonDecimal.Of(units, metric.Decimals);
            if ((entry.UnpricedMask & (1 << line)) != 0)
                unpriced.Add(metric.Name);
        }

        var keyId = IdText.Format(IdText.Key, entry.KeyId);
        return new GetEventsItem(
            position.ToString(),
            entry.EventId,
            (EventKindWord)entry.Kind,
            DateTimeOffset.FromUnixTimeMilliseconds(entry.AtMs),
            DateTimeOffset.FromUnixTimeMilliseconds(entry.AdmittedAtMs),
            keyId,
            names[keyId],
            entry.ProjectId == 0 ? null : IdText.Format(IdText.Project, entry.ProjectId),
            entry.SeatId == 0 ? null : IdText.Format(IdText.Seat, entry.SeatId),
            entry.Member.Length == 0 ? null : entry.Member,
            entry.Model.Length == 0 ? null : entry.Model,
            amounts,
            JsonDecimal.Of(amount, catalogue[MetricId.Amount].Decimals),
            JsonDecimal.Of(credits, catalogue[MetricId.Credits].Decimals),
            unpriced);
    }
}
