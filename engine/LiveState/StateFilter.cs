using Sluice.Metering.Identity;

namespace Sluice.Engine.LiveState;

/// <summary>The scopes whose live state is read.</summary>
/// <param name="Scope">The only one; null for all.</param>
/// <param name="IsLimited">Whether only those are read that have a limit or a warning of their own.</param>
public sealed record StateFilter(ScopeId? Scope, bool IsLimited)
{
    public static readonly StateFilter All = new(null, false);
}
