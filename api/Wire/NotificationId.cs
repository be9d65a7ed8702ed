using Sluice.Metering.Identity;

namespace Sluice.Api.Wire;

/// <summary>A notification's id in a path; 0 where the text is no id, which no notification has.</summary>
internal readonly record struct NotificationId(long Value)
{
    public static bool TryParse(string? text, out NotificationId id)
    {
        id = new(Ids.Read(IdText.Mail, text));
        return true;
    }
}
