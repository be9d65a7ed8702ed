using Sluice.Api.Wire;
using Sluice.Storage.Projects;

namespace Sluice.Api.Management.Projects;

/// <summary>A project as the API shows it.</summary>
/// <param name="IsDefault">Made with the tenant; can't be deleted.</param>
internal sealed record ProjectView(string Id, string Name, bool IsDefault, DateTimeOffset CreatedAt)
{
    public static ProjectView Of(Project project) =>
        new(Ids.Project(project.Id), project.Name, project.IsDefault, project.CreatedAt);
}
