namespace Sluice.WebConsole.Pages.Settings;

/// <summary>The form of a webhook.</summary>
internal sealed class WebhookFields : FormState
{
    public string? Url { get; set; }

    public bool All { get; set; }

    public bool LimitWarning { get; set; }

    public bool LimitBlocked { get; set; }

    public bool LimitResolved { get; set; }

    public bool StatementClosed { get; set; }

    /// <summary>Whether events are sent; only for one that there is.</summary>
    public bool Enabled { get; set; }

    /// <summary>The events that are chosen, as the API calls them.</summary>
    public IReadOnlyList<string> ChosenEvents()
    {
        if (All)
            return [WebhookEvents.All];
        (bool IsChosen, string Word)[] choices =
        [
            (LimitWarning, WebhookEvents.LimitWarning),
            (LimitBlocked, WebhookEvents.LimitBlocked),
            (LimitResolved, WebhookEvents.LimitResolved),
            (StatementClosed, WebhookEvents.StatementClosed),
        ];
        return [.. choices.Where(static choice => choice.IsChosen).Select(static choice => choice.Word)];
    }

    /// <summary>Fills the form with what is in force.</summary>
    public void Fill(string url, IReadOnlyList<string> events, bool isEnabled)
    {
        Url = url;
        All = events.Contains(WebhookEvents.All);
        LimitWarning = events.Contains(WebhookEvents.LimitWarning);
        LimitBlocked = events.Contains(WebhookEvents.LimitBlocked);
        LimitResolved = events.Contains(WebhookEvents.LimitResolved);
        StatementClosed = events.Contains(WebhookEvents.StatementClosed);
        Enabled = isEnabled;
    }
}
