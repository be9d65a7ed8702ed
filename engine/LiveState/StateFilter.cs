using Sluice.Metering.Identity;

namespace Sluice.Engine.LiveState;

/// <summary>The scopes whose live state is read.</summary>
/// <param name="Scope">The only one; null for all.</param>
/// <param name="IsLimited">Whether only those are read that have a limit or a warning of their own.</param>
/// <param name="Tightest">
/// How many counters are read: those that block, with the largest part of their limit used or held. Null for all.
/// </param>
public sealed record StateFilter(ScopeId? Scope, bool IsLimited, int? Tightest = null)
{
    public static readonly StateFilter All = new(null, false);
}
