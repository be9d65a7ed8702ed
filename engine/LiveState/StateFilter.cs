using Sluice.Metering.Identity;

namespace Sluice.Engine.LiveState;

/// <summary>The scopes whose live state is read.</summary>
/// <param name="Scope">The only one; null for all.</param>
/// <param name="IsLimited">Whether only those are read that have a limit or a warning of their own.</param>
/// <param name="Tightest">
/// How many counters are read: those that block, with the largest part of their limit used or held. Null for all.
/// </param>
/// <param name="After">Only scopes behind this one are read; null from the first one on.</param>
/// <param name="Max">How many scopes are read, 1 to <see cref="ScopesMax"/>.</param>
public sealed record StateFilter(
    ScopeId? Scope, bool IsLimited, int? Tightest = null, ScopeId? After = null, int Max = StateFilter.ScopesMax)
{
    /// <summary>The most scopes of one read: each may have an authority to ask, also on another machine.</summary>
    public const int ScopesMax = 1_000;

    public static readonly StateFilter All = new(null, false);
}
