using System.ComponentModel.DataAnnotations;
using FastEndpoints;
using FluentValidation;
using Sluice.Engine.Authorities;
using Sluice.Engine.Hosting;

namespace Sluice.Api.Management.Diagnostics;

/// <summary><c>GET /api/v1/diagnostics</c>: what this node holds and has done, for operators and benchmarks.</summary>
internal sealed class GetDiagnostics(MeteringNode node, IAuthorityDirectory directory)
    : ManagementEndpoint<GetDiagnosticsQuery>
{
    public override void Configure()
    {
        Get("/diagnostics");
        Group<DiagnosticsEndpoints>();
        Requires(Permission.ReadPlatform);
        Describe("Get what this node holds and has done; ?collect=true runs a garbage collection first");
        Returns<GetDiagnosticsResponse>();
    }

    public override Task<ApiResult> ExecuteAsync(GetDiagnosticsQuery query, CancellationToken ct)
    {
        var counts = node.Edge.Counts;
        var authorities = directory.Counts;
        return Task.FromResult(ApiResult.Ok(new GetDiagnosticsResponse(
            node.Edge.Session.Value,
            counts.Keys,
            counts.Scopes,
            authorities.Active,
            counts.Waiting,
            counts.Reservations,
            counts.Queued,
            counts.PendingSums,
            counts.FoldedSums,
            authorities.Calls,
            authorities.Commits,
            GC.GetTotalMemory(query.Collect == "true"))));
    }
}

/// <param name="Collect"><c>true</c> to run a garbage collection first; none if omitted.</param>
internal sealed record GetDiagnosticsQuery([AllowedValues("true", "false")] string? Collect = null);

/// <param name="Session">The number of this start of the node.</param>
/// <param name="Keys">The keys with which requests are admitted.</param>
/// <param name="Scopes">The tenants, projects, seats and keys that the edge knows.</param>
/// <param name="Authorities">The authorities in this process.</param>
/// <param name="Waiting">The requests that wait for rights.</param>
/// <param name="Reservations">The reservations that are held.</param>
/// <param name="QueuedEvents">The events that wait to be written.</param>
/// <param name="PendingSums">The rows of usage sums that wait to be written.</param>
/// <param name="FoldedSums">The sums that were folded into those of other labels since the start.</param>
/// <param name="AuthorityCalls">The calls to authorities since the start.</param>
/// <param name="LeaseCommits">The transactions of authorities since the start.</param>
/// <param name="ManagedHeapBytes">
/// The bytes on the managed heap, after a garbage collection if one was asked for.
/// </param>
internal sealed record GetDiagnosticsResponse(
    long Session,
    int Keys,
    int Scopes,
    int Authorities,
    int Waiting,
    int Reservations,
    int QueuedEvents,
    int PendingSums,
    long FoldedSums,
    long AuthorityCalls,
    long LeaseCommits,
    long ManagedHeapBytes);

internal sealed class GetDiagnosticsQueryValidator : Validator<GetDiagnosticsQuery>
{
    public GetDiagnosticsQueryValidator()
    {
        RuleFor(static q => q.Collect).Follows(FieldRules.OneOf("true", "false"))
            .When(static q => q.Collect is not null);
    }
}
