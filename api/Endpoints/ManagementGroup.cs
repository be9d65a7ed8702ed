using FastEndpoints;

namespace Sluice.Api.Endpoints;

/// <summary>Endpoints that share the start of their route, their tag in the documentation, and common errors.</summary>
internal abstract class ManagementGroup : Group
{
    public const string Root = "/api/v1";

    /// <summary>The start of all routes inside one tenant.</summary>
    public const string Tenant = $"{Root}/tenants/{{t}}";

    protected ManagementGroup(string tag, string prefix = Root) => Configure(prefix, endpoint => endpoint.Description(
        route => route
            .WithTags(tag)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)));

    protected sealed override void Configure(string routePrefix, Action<EndpointDefinition> ep) =>
        base.Configure(routePrefix, ep);
}
