using Sluice.WebConsole.Texts;

namespace Sluice.WebConsole.Pages.Settings;

/// <summary>The events that a webhook may subscribe to. The fields of forms are named as they are here.</summary>
internal static class WebhookEvents
{
    /// <summary>Subscribes to all events, also to those that there will be.</summary>
    public const string All = "*";

    public const string LimitWarning = "limit.warning";
    public const string LimitBlocked = "limit.blocked";
    public const string LimitResolved = "limit.resolved";
    public const string StatementClosed = "statement.closed";

    private static readonly Dictionary<string, string> Names = new()
    {
        [All] = "All events",
        [LimitWarning] = "A warning is reached",
        [LimitBlocked] = "A limit is reached",
        [LimitResolved] = "A limit is no longer reached",
        [StatementClosed] = "A statement is closed",
        ["test"] = "Test",
    };

    /// <summary>Returns what an event is called.</summary>
    public static string NameOf(string word, Language language) =>
        Names.TryGetValue(word, out var name) ? language[name] : word;

    /// <summary>Returns what a webhook subscribes to.</summary>
    public static string Describe(IEnumerable<string> words, Language language) =>
        string.Join(", ", words.Select(word => NameOf(word, language)));
}
