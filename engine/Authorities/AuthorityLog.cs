using Microsoft.Extensions.Logging;

namespace Sluice.Engine.Authorities;

internal static partial class AuthorityLog
{
    [LoggerMessage(1201, LogLevel.Warning, "Authority {Scope} of epoch {Epoch} was deposed.")]
    public static partial void Deposed(ILogger logger, string scope, long epoch);

    [LoggerMessage(1202, LogLevel.Warning, "Leases could not be written and are tried again: {Reason}")]
    public static partial void PersistFailed(ILogger logger, string reason);

    [LoggerMessage(1203, LogLevel.Warning, "Session {Session} could not be looked up; it asks again: {Reason}")]
    public static partial void LookUpFailed(ILogger logger, long session, string reason);
}
