using Sluice.Storage.Control.Projects;

namespace Sluice.Api.Management.Projects;

/// <summary>A project as the API shows it.</summary>
/// <param name="IsDefault">Whether it was created with the tenant; then it can't be deleted.</param>
internal sealed record ProjectResponse(string Id, string Name, bool IsDefault, DateTimeOffset CreatedAt)
{
    public static ProjectResponse Of(Project project) =>
        new(Ids.Project(project.Id), project.Name, project.IsDefault, project.CreatedAt);
}
