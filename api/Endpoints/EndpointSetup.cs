using FastEndpoints;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Sluice.Api.Auth;

namespace Sluice.Api.Endpoints;

/// <summary>Registers and maps the endpoints of the management API, which are all classes of this assembly.</summary>
internal static class EndpointSetup
{
    private const string AnyType = "*/*";
    private const string Json = "application/json";

    /// <summary>The library maps this address, which lists all endpoints for its own tests.</summary>
    private const string TestUrls = "_test_url_cache_";

    public static IServiceCollection AddManagementEndpoints(this IServiceCollection services)
    {
        services.AddSingleton<IServiceResolver, EndpointActivator>();
        services.AddFastEndpoints(static options =>
        {
            options.DisableAutoDiscovery = true;
            options.Assemblies = [typeof(EndpointSetup).Assembly];
        });
        // With it, the server would note each request of the data plane in an AsyncLocal; nothing here asks for that.
        return services.RemoveAll<IHttpContextAccessor>();
    }

    public static void MapManagementEndpoints(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("").RequireAuthorization(Principals.Management);
        ((IEndpointConventionBuilder)group).Add(HideTestUrls);
        group.MapFastEndpoints(static config =>
        {
            config.Endpoints.NameGenerator = NameOf;
            config.Endpoints.Configurator = Configure;
            config.Errors.ProducesMetadataType = null;
        });
    }

    /// <summary>The name of the class; a second route is that of the caller's own thing.</summary>
    private static string NameOf(EndpointNameGenerationContext endpoint) =>
        endpoint.RouteNumber > 1 ? $"{endpoint.EndpointType.Name}OfCaller" : endpoint.EndpointType.Name;

    private static void HideTestUrls(EndpointBuilder endpoint)
    {
        if (endpoint is RouteEndpointBuilder { RoutePattern.RawText: TestUrls or $"/{TestUrls}" })
            endpoint.RequestDelegate = NotFound;

        static Task NotFound(HttpContext http)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
    }

    private static void Configure(EndpointDefinition endpoint)
    {
        var hasBody = endpoint.ReqDtoType != typeof(EmptyRequest) && !endpoint.Verbs.Contains(HttpMethods.Get);
        var isOptional = endpoint.EndpointMetadata?.Contains(OptionalBodyMetadata.Instance) == true;
        endpoint.Description(
            route =>
            {
                // The type of the body is checked where it is read, for a missing body has none.
                if (hasBody)
                    route.WithMetadata(new AcceptsMetadata([Json, AnyType], endpoint.ReqDtoType, isOptional));
            },
            clearDefaults: true);
    }
}
