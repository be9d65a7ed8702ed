using Sluice.Metering.Identity;

namespace Sluice.Api.Wire;

/// <summary>A key's id in a path; 0 where the text is no id, which no key has.</summary>
internal readonly record struct KeyId(long Value)
{
    public static bool TryParse(string? text, out KeyId id)
    {
        id = new(Ids.Read(IdText.Key, text));
        return true;
    }
}
