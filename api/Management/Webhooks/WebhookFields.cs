using Sluice.Api.Validation;
using Sluice.Api.Wire;
using Sluice.Storage.Webhooks;

namespace Sluice.Api.Management.Webhooks;

/// <summary>What is checked wherever webhooks are described.</summary>
internal static class WebhookFields
{
    /// <summary>Each once, in the order in which they were given.</summary>
    public static IReadOnlyList<string> CheckEvents(FieldErrors rules, IReadOnlyList<string?>? events)
    {
        if (events is not { Count: > 0 })
        {
            rules.Add("events", "required", "At least one; ['*'] for all.");
            return [];
        }

        // Each may be named once, so more than there are can't be meant; nor is a long list gone through.
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
