using Sluice.Api.Access;
using Sluice.Engine.Authorities;
using Sluice.Engine.Hosting;

namespace Sluice.Api.Management.Diagnostics;

/// <summary><c>GET /api/v1/diagnostics</c>: what this node holds and has done, for operators and benchmarks.</summary>
internal static class GetDiagnostics
{
    /// <param name="Session">This start of this node.</param>
    /// <param name="Keys">Keys that requests are admitted with.</param>
    /// <param name="Scopes">Tenants, projects, seats and keys known to the edge.</param>
    /// <param name="Authorities">Authorities in this process.</param>
    /// <param name="Waiting">Requests that wait for rights.</param>
    /// <param name="Reservations">Holds.</param>
    /// <param name="QueuedEvents">Events that wait to be written.</param>
    /// <param name="AuthorityCalls">Calls to authorities since the start.</param>
    /// <param name="LeaseCommits">Transactions of authorities since the start.</param>
    /// <param name="ManagedHeapBytes">Bytes of live objects, after a collection if one was asked for.</param>
    internal sealed record Response(
        long Session,
        int Keys,
        int Scopes,
        int Authorities,
        int Waiting,
        int Reservations,
        int QueuedEvents,
        long AuthorityCalls,
        long LeaseCommits,
        long ManagedHeapBytes);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/diagnostics", Handle)
        .Needs(Permission.ReadPlatform)
        .WithName("GetDiagnostics")
        .WithSummary("What this node holds and has done; ?collect=true collects garbage first")
        .Produces<Response>();

    private static IResult Handle(
        MeteringNode node, IAuthorityDirectory directory, bool collect = false)
    {
        var counts = node.Edge.Counts;
        var authorities = directory.Counts;
        return TypedResults.Ok(new Response(
            node.Edge.Session.Value,
            counts.Keys,
            counts.Scopes,
            authorities.Active,
            counts.Waiting,
            counts.Reservations,
            counts.Queued,
            authorities.Calls,
            authorities.Commits,
            GC.GetTotalMemory(collect)));
    }
}
