using Sluice.Metering.Limits;
using Sluice.Storage.Outbox.ThresholdEvents;

namespace Sluice.Storage.Outbox.Webhooks;

/// <summary>The events that webhooks can be notified of. The words are part of the contract and are stored.</summary>
public static class WebhookEvents
{
    public const string LimitWarning = "limit.warning";
    public const string LimitBlocked = "limit.blocked";
    public const string LimitResolved = "limit.resolved";
    public const string StatementClosed = "statement.closed";

    /// <summary>Sent on request to the tested webhook, whatever its subscriptions.</summary>
    public const string Test = "test";

    /// <summary>Subscribes to all events, including future ones.</summary>
    public const string All = "*";

    /// <summary>The events that can be subscribed to.</summary>
    public static IReadOnlyList<string> Known { get; } =
        [LimitWarning, LimitBlocked, LimitResolved, StatementClosed, Test, All];

    public static string Of(ThresholdEventRow thresholdEvent)
    {
        ArgumentNullException.ThrowIfNull(thresholdEvent);
        if (thresholdEvent.Kind == ThresholdEventKind.Resolved)
            return LimitResolved;
        return thresholdEvent.LimitKind == LimitKind.Blocked ? LimitBlocked : LimitWarning;
    }
}
