using Sluice.Metering.Identity;

namespace Sluice.Api.Wire;

/// <summary>A project's id in a path; 0 where the text is no id, which no project has.</summary>
internal readonly record struct ProjectId(long Value)
{
    public static bool TryParse(string? text, out ProjectId id)
    {
        id = new(Ids.Read(IdText.Project, text));
        return true;
    }
}
