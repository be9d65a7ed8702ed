using Sluice.Storage.Control.Projects;

namespace Sluice.Api.Management.Projects;

/// <summary>A project as the API shows it.</summary>
/// <param name="Id">The project's id, such as <c>p0000000001a</c>.</param>
/// <param name="Name">The project's name.</param>
/// <param name="IsDefault">Whether it was created with the tenant; such a project can't be deleted.</param>
/// <param name="CreatedAt">When it was created, in UTC.</param>
internal sealed record ProjectResponse(string Id, string Name, bool IsDefault, DateTimeOffset CreatedAt)
{
    public static ProjectResponse Of(Project project) =>
        new(Ids.Project(project.Id), project.Name, project.IsDefault, project.CreatedAt);
}
