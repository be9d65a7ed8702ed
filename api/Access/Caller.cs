using System.Collections.Frozen;
using Sluice.Storage.Control.Members;

namespace Sluice.Api.Access;

/// <summary>The sender of a management request, as far as permissions depend on it.</summary>
internal sealed record Caller
{
    /// <summary>The platform's own staff; belongs to no tenant and is no member.</summary>
    public static readonly Caller Operator = new() { IsOperator = true };

    public bool IsOperator { get; private init; }

    /// <summary>The caller's tenant; 0 for the operator.</summary>
    public long TenantId { get; init; }

    /// <summary>The caller's member id; 0 for the operator.</summary>
    public long MemberId { get; init; }

    public string UserName { get; init; } = "";

    public TenantRole Role { get; init; } = TenantRole.Member;

    /// <summary>
    /// The projects of a plain member with the role in each; empty for callers who see all projects anyway.
    /// </summary>
    public FrozenDictionary<long, ProjectRole> Projects { get; init; } =
        FrozenDictionary<long, ProjectRole>.Empty;

    /// <summary>The scopes that limit an access token; null for a member who has signed in.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>The session that signing out ends; 0 without one.</summary>
    public long SessionId { get; init; }

    public bool MustChangePassword { get; init; }

    /// <summary>Whether the tenant demands a second factor that the member does not have yet.</summary>
    public bool LacksSecondFactor { get; init; }

    /// <summary>Whether the tenant keeps appointing and demoting administrators to its owner.</summary>
    public bool OwnerAppoints { get; init; }

    /// <summary>Whether the request came with a cookie but without the proof that one of our pages sent it.</summary>
    public bool LacksCsrfProof { get; init; }

    /// <summary>The credential that identified the caller. Never to be logged or stored.</summary>
    public string Credential { get; init; } = "";

    /// <summary>The caller's name in the audit log.</summary>
    public string Name => IsOperator ? "operator" : Ids.Member(MemberId);

    /// <summary>Whether the caller sees all of the tenant: the operator, the owner and administrators do.</summary>
    public bool SeesAll => IsOperator || Role != TenantRole.Member;

    /// <summary>The part of the tenant that the caller may see; null for all of it.</summary>
    public Visibility? Visibility => SeesAll ? null : new(MemberId, [.. Projects.Keys]);

    /// <summary>
    /// Returns the tenant whose places a request takes: the caller's own, and for the operator that of the route. 0 for
    /// the operator's other requests, and -1 for callers without a credential.
    /// </summary>
    public static long TenantOf(HttpContext http) => http.Features.Get<Caller>() switch
    {
        { IsOperator: true } => Ids.Read(IdText.Tenant, http.Request.RouteValues["t"] as string ?? ""),
        { TenantId: var tenant } => tenant,
        null => -1,
    };

    public static ValueTask<Caller?> BindAsync(HttpContext http) => new(http.Features.Get<Caller>());

    /// <summary>Credentials stay out of logs.</summary>
    public override string ToString() => Name;
}
