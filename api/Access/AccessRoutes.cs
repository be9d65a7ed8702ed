namespace Sluice.Api.Access;

/// <summary>How endpoints say who may call them.</summary>
internal static class AccessRoutes
{
    public static RouteHandlerBuilder Needs(this RouteHandlerBuilder route, Permission permission) =>
        route.WithMetadata(new Needs(permission));
}
