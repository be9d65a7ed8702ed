using Sluice.Api.Management.Usage;
using Sluice.Storage.Control.Tenants;
using Sluice.Storage.Ledger.Entries;
using Sluice.Storage.Reports.Events;

namespace Sluice.Api.Management.Events;

/// <summary>Which events are wanted, and behind which one they begin.</summary>
/// <param name="Query">Which.</param>
/// <param name="After">The place of the last event that the caller has; null for none.</param>
internal sealed record EventFilter(EventQuery Query, EventPosition? After)
{
    /// <summary>Reads the parameters that lists and exports have in common.</summary>
    /// <param name="rules">Receives the rules that are broken; then what is returned must not be used.</param>
    /// <param name="span">The parameters that usage has too.</param>
    /// <param name="kindWord">The word of a kind; null or empty for all.</param>
    /// <param name="afterText">The id of an event; null or empty for none.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="catalogue">The metrics.</param>
    /// <param name="now">Now.</param>
    public static Result<EventFilter> Read(
        FieldErrors rules,
        UsageQueryReader span,
        string? kindWord,
        string? afterText,
        Tenant tenant,
        MetricCatalogue catalogue,
        DateTimeOffset now)
    {
        if (span.Read(tenant, catalogue, now).IsError(out var error, out var usage))
            return error;
        EntryKind? kind = null;
        if (!string.IsNullOrEmpty(kindWord))
        {
            rules.Check("kind", kindWord, FieldRules.OneOf([.. Enum.GetValues<EventKindWord>().Select(Words.Of)]));
            kind = (EntryKind?)Enum.GetValues<EventKindWord>().Cast<EventKindWord?>()
                .FirstOrDefault(word => Words.Of(word!.Value) == kindWord);
        }

        EventPosition? after = null;
        if (EventPosition.TryParse(afterText, out var position))
            after = position;
        else if (!string.IsNullOrEmpty(afterText))
            rules.Add("after", "id-form", "Must be the 'next' of the page before, or the 'id' of an event.");
        return new EventFilter(
            new EventQuery(
                tenant.Id, usage.From.ToUnixTimeMilliseconds(), usage.To.ToUnixTimeMilliseconds(), usage.KeyId,
                usage.ProjectId, usage.SeatId, usage.Member, usage.Model, usage.Metric, kind),
            after);
    }
}
