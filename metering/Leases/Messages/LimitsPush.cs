using Sluice.Metering.Identity;
using Sluice.Metering.Limits;

namespace Sluice.Metering.Leases.Messages;

/// <summary>Authority to edge: follow these limits from now on, and report as soon as you do.</summary>
public sealed record LimitsPush(ScopeId Scope, long Epoch, LimitSet Limits);
