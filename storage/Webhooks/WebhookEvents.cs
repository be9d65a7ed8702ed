using Sluice.Metering.Limits;
using Sluice.Storage.Transitions;

namespace Sluice.Storage.Webhooks;

/// <summary>What webhooks are told of. The words are the contract's and are stored.</summary>
public static class WebhookEvents
{
    public const string LimitWarning = "limit.warning";
    public const string LimitBlocked = "limit.blocked";
    public const string LimitResolved = "limit.resolved";
    public const string StatementClosed = "statement.closed";

    /// <summary>Sent on request, to whoever is tested, whatever it subscribed to.</summary>
    public const string Test = "test";

    /// <summary>Stands for all of them, also those that are yet to come.</summary>
    public const string All = "*";

    /// <summary>What can be subscribed to.</summary>
    public static IReadOnlyList<string> Known { get; } =
        [LimitWarning, LimitBlocked, LimitResolved, StatementClosed, Test, All];

    public static string Of(TransitionRow transition)
    {
        ArgumentNullException.ThrowIfNull(transition);
        if (transition.Kind == TransitionKind.Resolved)
            return LimitResolved;
        return transition.LimitKind == LimitKind.Blocked ? LimitBlocked : LimitWarning;
    }
}
