using Sluice.Metering.Identity;

namespace Sluice.Api.Wire;

/// <summary>A webhook's id in a path; 0 where the text is no id, which no webhook has.</summary>
internal readonly record struct WebhookId(long Value)
{
    public static bool TryParse(string? text, out WebhookId id)
    {
        id = new(Ids.Read(IdText.Webhook, text));
        return true;
    }
}
