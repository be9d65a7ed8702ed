using Sluice.Metering.Identity;

namespace Sluice.Api.Wire;

/// <summary>A member's id in a path; 0 where the text is no id, which no member has.</summary>
internal readonly record struct MemberId(long Value)
{
    public static bool TryParse(string? text, out MemberId id)
    {
        id = new(Ids.Read(IdText.Member, text));
        return true;
    }
}
