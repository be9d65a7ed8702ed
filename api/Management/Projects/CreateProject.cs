using FastEndpoints;
using FluentValidation;
using Sluice.Storage.Control.Projects;

namespace Sluice.Api.Management.Projects;

/// <summary><c>POST /api/v1/tenants/{t}/projects</c></summary>
internal sealed class CreateProject(UnitOfWork work, ProjectStore projects) : ManagementEndpoint<CreateProjectRequest>
{
    public override void Configure()
    {
        Post("/projects");
        Group<ProjectsEndpoints>();
        Requires(Permission.ManageProjects);
        Transactional();
        Bounded();
        Describe("Create a project");
        Returns<ProjectResponse>(StatusCodes.Status201Created);
    }

    public override async Task<ApiResult> ExecuteAsync(CreateProjectRequest request, CancellationToken ct)
    {
        return ApiResult.Of(
            await projects.CreateAsync(work, TenantId, request.Name!, ct),
            static project => ApiResult.Created(
                $"/api/v1/tenants/{Ids.Tenant(project.TenantId)}/projects/{Ids.Project(project.Id)}",
                ProjectResponse.Of(project)));
    }
}

/// <param name="Name">The project's name, 1 to 100 characters; unique in the tenant, ignoring case.</param>
internal sealed record CreateProjectRequest(string? Name);

internal sealed class CreateProjectRequestValidator : Validator<CreateProjectRequest>
{
    public CreateProjectRequestValidator()
    {
        RuleFor(static r => r.Name).Follows(FieldRules.Text);
    }
}
