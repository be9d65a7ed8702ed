using Sluice.Storage.Outbox.Webhooks;

namespace Sluice.Api.Management.Webhooks;

/// <summary>Checks the fields of webhooks.</summary>
internal static class WebhookFields
{
    /// <summary>Returns the event names without duplicates, in the order of the request.</summary>
    public static IReadOnlyList<string> CheckEvents(FieldErrors rules, IReadOnlyList<string?>? events)
    {
        if (events is not { Count: > 0 })
        {
            rules.Add("events", "required", "At least one; ['*'] for all.");
            return [];
        }

        // Each name counts once, so more than there are must be a mistake; a long list is not even read.
        if (events.Count > WebhookEvents.Known.Count)
        {
            rules.Add("events", "too-many", $"At most {WebhookEvents.Known.Count}.");
            return [];
        }

        for (var i = 0; i < events.Count; i++)
        {
            if (events[i] is not { } name || !WebhookEvents.Known.Contains(name))
                rules.Add($"events[{i}]", "event-unknown", $"Is one of {string.Join(", ", WebhookEvents.Known)}.");
        }

        return [.. events.OfType<string>().Distinct()];
    }
}
