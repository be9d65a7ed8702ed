using Sluice.Metering.Identity;

namespace Sluice.Api.Wire;

/// <summary>An invitation's id in a path; 0 where the text is no id, which no invitation has.</summary>
internal readonly record struct InvitationId(long Value)
{
    public static bool TryParse(string? text, out InvitationId id)
    {
        id = new(Ids.Read(IdText.Invitation, text));
        return true;
    }
}
