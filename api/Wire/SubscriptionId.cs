using Sluice.Metering.Identity;

namespace Sluice.Api.Wire;

/// <summary>A subscription's id in a path; 0 where the text is no id, which no subscription has.</summary>
internal readonly record struct SubscriptionId(long Value)
{
    public static bool TryParse(string? text, out SubscriptionId id)
    {
        id = new(Ids.Read(IdText.Subscription, text));
        return true;
    }
}
