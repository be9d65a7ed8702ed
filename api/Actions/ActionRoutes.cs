namespace Sluice.Api.Actions;

/// <summary>How endpoints say what they are.</summary>
internal static class ActionRoutes
{
    /// <summary>A mutation: one transaction, repeatable by <c>Idempotency-Key</c>, answered when in force.</summary>
    public static RouteHandlerBuilder AsAction(this RouteHandlerBuilder route) =>
        route.AddEndpointFilter<ActionFilter>()
            .WithMetadata(ActionMetadata.Instance)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);

    /// <summary>What the page of the API says about it.</summary>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string name, string summary) =>
        route.WithName(name).WithSummary(summary);

    /// <summary>The answer of a list.</summary>
    public static RouteHandlerBuilder Lists<T>(this RouteHandlerBuilder route) => route.Produces<ListOf<T>>();
}
