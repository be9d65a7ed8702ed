using Sluice.WebConsole.Parts;
using Sluice.WebConsole.Texts;

namespace Sluice.WebConsole.Pages.Projects;

/// <summary>The roles that a member may have in a project.</summary>
internal static class ProjectRoles
{
    private static readonly string[] Known = ["member", "project_administrator"];

    /// <summary>Returns the choices of a form, the least one first.</summary>
    public static IEnumerable<(string Value, string Text)> All(Language language) =>
        Known.Select(word => (word, RoleTag.NameOf(word, language)));
}
