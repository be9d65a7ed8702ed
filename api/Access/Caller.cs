using System.Collections.Frozen;
using Sluice.Api.Wire;
using Sluice.Storage.Members;

namespace Sluice.Api.Access;

/// <summary>Who sends a management request, as far as rights depend on it.</summary>
internal sealed record Caller
{
    /// <summary>The platform's own staff; no tenant, no member.</summary>
    public static readonly Caller Operator = new() { IsOperator = true };

    public bool IsOperator { get; private init; }

    /// <summary>0 for the operator.</summary>
    public long TenantId { get; init; }

    /// <summary>0 for the operator.</summary>
    public long MemberId { get; init; }

    public string UserName { get; init; } = "";

    public TenantRole Role { get; init; } = TenantRole.Member;

    /// <summary>
    /// The projects of a plain member with its role in each; empty for those who see all projects anyway.
    /// </summary>
    public FrozenDictionary<long, ProjectRole> Projects { get; init; } =
        FrozenDictionary<long, ProjectRole>.Empty;

    /// <summary>What an access token is limited to; null for a member who has signed in.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>The session that is to be ended on signing out; 0 without one.</summary>
    public long SessionId { get; init; }

    public bool MustChangePassword { get; init; }

    /// <summary>The tenant demands a second factor that the member does not have yet.</summary>
    public bool LacksSecondFactor { get; init; }

    /// <summary>The request came with a cookie, and without the proof that a page of ours has sent it.</summary>
    public bool LacksCsrfProof { get; init; }

    /// <summary>What was shown to be recognised. Never to be logged or stored.</summary>
    public string Credential { get; init; } = "";

    /// <summary>As the audit log names it.</summary>
    public string Name => IsOperator ? "operator" : Ids.Member(MemberId);

    /// <summary>Whether all of the tenant is visible: the operator, the owner, an administrator.</summary>
    public bool SeesAll => IsOperator || Role != TenantRole.Member;

    /// <summary>What of the tenant is shown; null for all of it.</summary>
    public Visibility? Visibility => SeesAll ? null : new(MemberId, [.. Projects.Keys]);

    public static ValueTask<Caller?> BindAsync(HttpContext http) => new(http.Features.Get<Caller>());

    /// <summary>Credentials stay out of logs.</summary>
    public override string ToString() => Name;
}
